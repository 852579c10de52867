using System.Diagnostics;
using Waqtor.Process.Tests.Load;
using Waqtor.ProcessKit;
using Xunit.Abstractions;

namespace Waqtor.Process.Tests;

/// <summary>The program dies without warning, again and again, while 64 connections post.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(20, 2)]
    [InlineData(2, 8)]
    public async Task Kill_AtRandomMomentsUnderLoad_LosesAndDoublesNothing(int rounds, int windowSeconds)
    {
        var seed = Seed();
        output.WriteLine($"WAQTOR_SEED={seed} repeats the moments and the bursts");
        var random = new Random(seed);
        await using var shop = await Shop.OpenAsync(windowSeconds);
        var clients = new BurstClients(shop.Client, shop.Ledger, Shop.Instance, seed);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(stop.Token);
        var slowestStart = TimeSpan.Zero;

        for (var round = 0; round < rounds; round++)
        {
            await Eventually.PauseAsync(TimeSpan.FromMilliseconds(random.Next(200, 1_500)));
            await shop.Server.KillAsync();
            // Most restarts are quick; every fourth outage is longer than the window, so that buffers come back overdue.
            if (round % 4 == 3)
                await Eventually.PauseAsync(shop.Buffer.Window());
            var start = await shop.Server.StartAsync();
            slowestStart = start > slowestStart ? start : slowestStart;
            load.IsFaulted.ShouldBeFalse(load.Exception?.ToString());
        }
        await Eventually.PauseAsync(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await load.WaitAsync(TimeSpan.FromSeconds(60));

        var verdict = await shop.JudgeAsync();
        output.WriteLine($"{rounds} kills, slowest start {slowestStart.TotalMilliseconds:0} ms, "
            + $"{clients.Interrupted} posts interrupted, {clients.Refused} refused, {clients.Redeliveries} redelivered");
        output.WriteLine(verdict.Figures);
        verdict.ShouldBeClean();
        shop.Gateway.Unexpected.ShouldBeEmpty();
    }

    /// <summary>Scenario 3: three messages are buffered and 5 s of the 8 have passed.</summary>
    [Fact]
    public async Task Kill_FiveSecondsIntoTheWindow_FlushesTheSameThreeAtFirstMessagePlusEight()
    {
        await using var shop = await Shop.OpenAsync();
        var first = Stopwatch.GetTimestamp();
        foreach (var id in new[] { "one", "two", "three" })
            await shop.WriteOkAsync("551191234", id);
        await Eventually.PauseAsync(TimeSpan.FromSeconds(5) - Stopwatch.GetElapsedTime(first));
        await shop.Server.KillAsync();
        await shop.Server.StartAsync();

        var verdict = await shop.JudgeAsync();
        output.WriteLine(verdict.Figures);
        verdict.ShouldBeClean();
        var batch = (await shop.BatchesAsync("551191234")).ShouldHaveSingleItem();
        batch.ProviderMessageIds.ShouldBe(["one", "two", "three"]);
        shop.Gateway.Sent.ShouldHaveSingleItem().Text.ShouldBe("3|one\ntwo\nthree");
    }

    private static int Seed() => Environment.GetEnvironmentVariable("WAQTOR_SEED") is { Length: > 0 } given
        ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture)
        : Random.Shared.Next();
}
