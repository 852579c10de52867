namespace EmbeddedOrleans.Tests.Calls;

internal sealed class CallGrain(Gates gates) : Grain, ICallGrain
{
    private readonly List<string> _heard = [];
    private int _count;

    public Task<string> GreetAsync(string name) => Task.FromResult($"Hello {name}, I am {this.GetPrimaryKeyString()}");

    public Task<int> AddAsync(int left, int right) => Task.FromResult(left + right);

    public async Task<string?> EchoAsync(string? text, Payload? payload, Guid id, long[] numbers, TimeSpan? span)
    {
        await Task.Yield();
        return $"{text}|{payload?.Text}|{id:N}|{string.Join(',', numbers)}|{span}";
    }

    public ValueTask<int> IncrementAsync() => new(++_count);

    public async ValueTask TouchAsync() => await Task.Yield();

    public async Task FailAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public Task FailBeforeAwaitAsync(string message) => throw new InvalidOperationException(message);

    public async Task TellAsync(string text)
    {
        await gates.PassAsync(text);
        _heard.Add(text);
    }

    public Task<string> HeardAsync() => Task.FromResult(string.Join(',', _heard));

    public async Task<string> WaitForAsync(string gate, CancellationToken cancellationToken)
    {
        try
        {
            await gates.PassAsync(gate, cancellationToken);
            return "passed";
        }
        catch (OperationCanceledException)
        {
            gates.Note($"{gate} was cancelled");
            throw;
        }
    }

    public Task WaitBrieflyAsync(string gate) => gates.PassAsync(gate);

    public Task<bool> IsSelfAsync(ICallGrain other) => Task.FromResult(other.GetGrainId() == this.GetGrainId());

    public Task<ICallGrain> SelfAsync() => Task.FromResult(this.AsReference<ICallGrain>());
}
