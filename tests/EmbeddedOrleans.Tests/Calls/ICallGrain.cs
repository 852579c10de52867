using Orleans.Concurrency;

namespace EmbeddedOrleans.Tests.Calls;

internal interface ICallGrain : IGrainWithStringKey, IGreeter
{
    Task<int> AddAsync(int left, int right);

    Task<string?> EchoAsync(string? text, Payload? payload, Guid id, long[] numbers, TimeSpan? span);

    ValueTask<int> IncrementAsync();

    ValueTask TouchAsync();

    Task FailAsync(string message);

    Task FailBeforeAwaitAsync(string message);

    [OneWay]
    Task TellAsync(string text);

    Task<string> HeardAsync();

    Task<string> WaitForAsync(string gate, CancellationToken cancellationToken = default);

    [ResponseTimeout("00:00:05")]
    Task WaitBrieflyAsync(string gate);

    Task<bool> IsSelfAsync(ICallGrain other);

    Task<ICallGrain> SelfAsync();
}
