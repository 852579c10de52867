namespace EmbeddedOrleans.Tests.Activations;

/// <summary>
/// Knows the how manieth activation it is. A key that begins with "fail" fails its first activation.
/// </summary>
internal class LifeGrain(Gates gates, ActivationCounter counter) : Grain, ILifeGrain
{
    private int _number;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _number = counter.Next();
        if (this.GetPrimaryKeyString() is var key && key.StartsWith("fail", StringComparison.Ordinal) && _number == 1)
        {
            await Task.Yield();
            throw new InvalidOperationException("not today");
        }

        gates.Note($"{_number} activated");
        if (key.StartsWith("slow", StringComparison.Ordinal)) await gates.PassAsync(
            $"activate {_number}", cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString().StartsWith("slow", StringComparison.Ordinal)) await gates.PassAsync(
            $"deactivate {_number}", CancellationToken.None);
        gates.Note($"{_number} deactivated {reason.ReasonCode}");
    }

    public Task<int> NumberAsync() => Task.FromResult(_number);

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task EndAfterAsync(string gate)
    {
        DeactivateOnIdle();
        await gates.PassAsync(gate);
        gates.Note($"{_number} ended its call");
    }

    public Task StayAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }
}
