using Orleans.Concurrency;

namespace EmbeddedOrleans.Tests.Turns;

/// <summary>Comes to the gate "start name", waits at "name" and writes both into the notebook.</summary>
internal interface ITurnGrain : IGrainWithStringKey
{
    Task PassAsync(string name);

    [AlwaysInterleave]
    Task InterleaveAsync(string name);

    [ReadOnly]
    Task ReadAsync(string name);

    Task CallBackAsync(ITurnGrain other, string name);

    Task CallBackReentrantlyAsync(ITurnGrain other, string name);

    Task AskAsync(ITurnGrain target, string name);

    Task StartInBackgroundAsync(string name);
}
