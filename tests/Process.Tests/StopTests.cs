using Waqtor.Process.Tests.Load;
using Waqtor.ProcessKit;
using Xunit.Abstractions;

namespace Waqtor.Process.Tests;

public sealed class StopTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Stop_UnderLoad_EndsWithinTenSecondsAndKeepsTimers()
    {
        await using var shop = await Shop.OpenAsync(seconds: 2);
        var clients = new BurstClients(shop.Client, shop.Ledger, Shop.Instance, seed: 15);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(stop.Token);
        await Eventually.PauseAsync(TimeSpan.FromSeconds(1));

        var took = await shop.Server.StopAsync(TimeSpan.FromSeconds(10));
        shop.Server.ExitCode.ShouldBe(0, shop.Server.Output);
        await shop.Server.StartAsync();
        await stop.CancelAsync();
        await load.WaitAsync(TimeSpan.FromSeconds(30));

        var verdict = await shop.JudgeAsync();
        output.WriteLine($"stopped in {took.TotalMilliseconds:0} ms; {verdict.Figures}");
        verdict.ShouldBeClean();
    }

    [Fact]
    public async Task Start_OnADataFolderInUse_IsRefusedByName()
    {
        await using var shop = await Shop.OpenAsync();
        await using var second = new WaqtorServer(shop.Server.DataPath);
        await second.LaunchAsync();

        (await second.WaitForExitAsync(TimeSpan.FromSeconds(30))).ShouldNotBe(0);
        second.Output.ShouldContain(shop.Server.DataPath);
        (await shop.Server.IsReadyAsync()).ShouldBeTrue("the first one must not suffer");
    }
}
