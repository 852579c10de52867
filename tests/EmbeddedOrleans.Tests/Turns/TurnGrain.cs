using Orleans.Concurrency;

namespace EmbeddedOrleans.Tests.Turns;

internal class TurnGrain(Gates gates) : Grain, ITurnGrain
{
    private int _inside;

    public Task PassAsync(string name) => WorkAsync(name);

    public Task InterleaveAsync(string name) => WorkAsync(name);

    public Task ReadAsync(string name) => WorkAsync(name);

    public Task CallBackAsync(ITurnGrain other, string name) => other.AskAsync(this.AsReference<ITurnGrain>(), name);

    public async Task CallBackReentrantlyAsync(ITurnGrain other, string name)
    {
        using (RequestContext.AllowCallChainReentrancy())
        {
            await other.AskAsync(this.AsReference<ITurnGrain>(), name);
        }
    }

    public Task AskAsync(ITurnGrain target, string name) => target.PassAsync(name);

    public Task StartInBackgroundAsync(string name)
    {
        _ = WorkAsync(name);
        return Task.CompletedTask;
    }

    private async Task WorkAsync(string name)
    {
        _inside++;
        gates.Note($"{name} in {_inside}");
        await gates.PassAsync(name);
        _inside--;
        gates.Note($"{name} out");
    }
}
