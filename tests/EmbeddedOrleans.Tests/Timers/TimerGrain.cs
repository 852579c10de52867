using System.Globalization;

namespace EmbeddedOrleans.Tests.Timers;

/// <summary>Its timer notes the seconds since the start of the clock. What else it does is its kind.</summary>
internal sealed class TimerGrain(Gates gates, TimeProvider clock) : Grain, ITimerGrain
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private IGrainTimer? _timer;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        gates.Note("deactivated");
        return Task.CompletedTask;
    }

    public Task StartAsync(TimeSpan dueTime, TimeSpan period, string kind)
    {
        var options = new GrainTimerCreationOptions(dueTime, period)
        {
            Interleave = kind == "interleave",
            KeepAlive = kind == "keep alive",
        };
        _timer = this.RegisterGrainTimer(TickAsync, kind, options);
        return Task.CompletedTask;
    }

    public Task ChangeAsync(TimeSpan dueTime, TimeSpan period)
    {
        _timer!.Change(dueTime, period);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task PassAsync(string gate)
    {
        await gates.PassAsync(gate);
        gates.Note($"passed {gate}");
    }

    private async Task TickAsync(string kind, CancellationToken cancellationToken)
    {
        gates.Note((clock.GetUtcNow() - _start).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        switch (kind)
        {
            case "slow":
                await Task.Delay(TimeSpan.FromSeconds(3), clock, cancellationToken);
                break;
            case "fail":
                throw new InvalidOperationException("tick");
            case "change":
                _timer!.Change(TimeSpan.FromSeconds(7), Timeout.InfiniteTimeSpan);
                break;
            case "dispose":
                _timer!.Dispose();
                gates.Note(cancellationToken.IsCancellationRequested ? "cancelled" : "not cancelled");
                break;
        }
    }
}
