using Orleans.Concurrency;

namespace EmbeddedOrleans.Tests.State;

internal interface IStateGrain : IGrainWithStringKey
{
    Task AddAsync(string name);

    Task AddUnsavedAsync(string name);

    Task ClearAsync();

    Task<string> ReadAsync();

    Task<string> ReadAgainAsync();

    [AlwaysInterleave]
    Task WriteInterleavedAsync(string name);

    Task AddToBothAsync(string name);
}
