using EmbeddedOrleans.Tests.Reminders;
using EmbeddedOrleans.Tests.State;
using Orleans.Hosting;

namespace EmbeddedOrleans.Tests.EmbeddedStore;

/// <summary>What becomes of ticks that fall due while the silo stops.</summary>
public sealed class StoppedReminderTests : ClusterTest
{
    private readonly ManualResetEventSlim _mayTick = new(initialState: false);

    [Fact]
    public async Task Stop_TicksAreDue_TheyComeAtTheNextStart()
    {
        string[] keys = ["a", "b", "c", "d", "e"];
        foreach (var key in keys) await Grain<IReminderGrain>(key).RegisterAsync("r", TimeSpan.FromMinutes(10), TimeSpan.FromHours(2));
        Cluster.ManualClock!.Advance(TimeSpan.FromMinutes(10));
        await Gates.ReachedAsync("first tick");

        var stop = Cluster.StopAsync();
        await ClientsAreRefusedAsync();
        Cluster.ManualClock.Advance(TimeSpan.FromMinutes(1));
        _mayTick.Set();
        await stop;
        Gates.Notes.ShouldBe(["first tick"]);
        await Cluster.StartSiloAsync();
        await Cluster.AdvanceAsync(TimeSpan.Zero);

        Gates.Notes.Skip(1).Order(StringComparer.Ordinal).ShouldBe(keys.Select(key => $"{key} r @11"));
    }

    // Holds up whoever hands out the ticks, in the middle of it.
    protected override void Configure(ISiloBuilder silo) => silo.AddMemoryGrainStorage("memory").AddOutgoingGrainCallFilter(context =>
    {
        if (context.MethodName == nameof(IRemindable.ReceiveReminder) && !_mayTick.IsSet)
        {
            Gates.Note("first tick");
            _mayTick.Wait();
        }

        return context.Invoke();
    });

    private async Task ClientsAreRefusedAsync()
    {
        var stranger = Grain<IStateGrain>("stranger");
        Task call;
        do
        {
            await Task.Yield();
            call = stranger.ReadAsync();
            await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!call.IsFaulted);
        await Should.ThrowAsync<SiloUnavailableException>(call);
    }
}
