using System.Diagnostics;

namespace EmbeddedOrleans.Tests.EmbeddedStore;

public sealed class ManyRemindersTests : ClusterTest
{
    private const int Count = 10_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    internal interface ICountedReminderGrain : IGrainWithIntegerKey
    {
        Task RegisterAsync(TimeSpan dueTime);
    }

    [Fact]
    public async Task Start_TenThousandAreOverdue_AllAreDeliveredWithinSeconds()
    {
        var grains = Enumerable.Range(0, Count).Select(i => Cluster.Grains.GetGrain<ICountedReminderGrain>(i)).ToList();
        foreach (var chunk in grains.Chunk(1000)) await Task.WhenAll(
            chunk.Select(g => g.RegisterAsync(TimeSpan.FromMinutes(1))));
        Cluster.Crash();
        Cluster.ManualClock!.Advance(TimeSpan.FromMinutes(2));
        var watch = Stopwatch.StartNew();

        await Cluster.StartSiloAsync();
        await Cluster.WhenIdleAsync();

        Gates.Notes.Distinct().Count().ShouldBe(Count);
        watch.Elapsed.ShouldBeLessThan(Limit);
    }

    internal sealed class CountedReminderGrain(Gates gates) : Grain, ICountedReminderGrain, IRemindable
    {
        public Task RegisterAsync(TimeSpan dueTime) =>
            this.RegisterOrUpdateReminder("r", dueTime, TimeSpan.FromHours(1));

        public Task ReceiveReminder(string reminderName, TickStatus status)
        {
            gates.Note($"{this.GetPrimaryKeyLong()}");
            return Task.CompletedTask;
        }
    }
}
