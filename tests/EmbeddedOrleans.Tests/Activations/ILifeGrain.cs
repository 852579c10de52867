namespace EmbeddedOrleans.Tests.Activations;

internal interface ILifeGrain : IGrainWithStringKey
{
    Task<int> NumberAsync();

    Task EndAsync();

    Task EndAfterAsync(string gate);

    Task StayAsync(TimeSpan time);
}
