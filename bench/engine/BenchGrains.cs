using Orleans.Concurrency;

namespace EngineBench;

public interface IBenchGrain : IGrainWithStringKey
{
    Task PingAsync();

    Task<int> AddAsync(int left, int right);

    [AlwaysInterleave]
    Task<int> ChainAsync(IBenchGrain next, int count);
}

public interface IBenchStateGrain : IGrainWithStringKey
{
    Task WriteAsync(string text);
}

public sealed class BenchGrain : Grain, IBenchGrain
{
    public Task PingAsync() => Task.CompletedTask;

    public Task<int> AddAsync(int left, int right) => Task.FromResult(left + right);

    public async Task<int> ChainAsync(IBenchGrain next, int count)
    {
        for (var i = 0; i < count; i++) await next.PingAsync();
        return count;
    }
}

public sealed class BenchStateGrain(
    [PersistentState("bench")] IPersistentState<BenchState> state) : Grain, IBenchStateGrain
{
    public Task WriteAsync(string text)
    {
        state.State.Text = text;
        state.State.Count++;
        return state.WriteStateAsync();
    }
}

[GenerateSerializer, Alias("bench.state")]
public sealed class BenchState
{
    [Id(0)]
    public string Text { get; set; } = "";

    [Id(1)]
    public int Count { get; set; }
}
