using System.Diagnostics;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EngineBench;

/// <summary>What 100,000 registered reminders weigh, and how fast overdue ones are delivered.</summary>
internal static class Reminders
{
    private const int Count = 100_000;

    public static async Task RunAsync(string folder)
    {
        await using var silo = await BenchSilo.StartAsync(folder);
        var grains = silo.Grains;
        await grains.GetGrain<IBenchReminderGrain>("warm").RegisterAsync(TimeSpan.FromDays(1));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Count; i += 1000)
        {
            await Task.WhenAll(Enumerable.Range(i, 1000)
                .Select(n => grains.GetGrain<IBenchReminderGrain>($"{n}").RegisterAsync(TimeSpan.FromDays(1))));
        }

        Table.Row("reminders registered/s", Count / watch.Elapsed.TotalSeconds, "/s");
        Table.Row("a reminder with the activation that has it", (
            GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count, "bytes");

        watch.Restart();
        BenchReminderGrain.Delivered = 0;
        await Task.WhenAll(Enumerable.Range(0, 10_000)
            .Select(n => grains.GetGrain<IBenchReminderGrain>($"{n}").RegisterAsync(TimeSpan.Zero)));
        while (Volatile.Read(ref BenchReminderGrain.Delivered) < 10_000) await Task.Yield();
        Table.Row("10,000 reminders registered, due and delivered", watch.Elapsed.TotalMilliseconds, "ms");
    }
}
