using Waqtor.ProcessKit;
using Xunit.Abstractions;

namespace Waqtor.Process.Tests;

/// <summary>Scenario 12: the whole process stands still (SIGSTOP, a paused machine), longer than its timers are due.</summary>
public sealed class FreezeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Freeze_LongerThanTheWindow_FiresOverdueTimersOnce()
    {
        await using var shop = await Shop.OpenAsync(seconds: 2);
        for (var customer = 0; customer < 50; customer++)
            await shop.WriteOkAsync($"55119400{customer:D2}", $"frozen-{customer}");

        var frozenAt = TimeProvider.System.GetUtcNow();
        Signals.Freeze(shop.Server.ProcessId);
        await Eventually.PauseAsync(TimeSpan.FromSeconds(6));
        Signals.Thaw(shop.Server.ProcessId);
        // To the judge a freeze is an outage that no start-up follows.
        shop.Server.Outages.Add(new Outage(frozenAt, TimeProvider.System.GetUtcNow()));

        var verdict = await shop.JudgeAsync();
        output.WriteLine(verdict.Figures);
        verdict.ShouldBeClean();
        shop.Gateway.Sent.Count.ShouldBe(50, "a reply each, and none twice");
    }
}
