using System.Net.Http.Json;
using System.Text.Json;
using Waqtor.Process.Tests.Load;
using Waqtor.Process.Tests.Machine;
using Waqtor.ProcessKit;
using Xunit.Abstractions;

namespace Waqtor.Process.Tests;

/// <summary>
/// What <c>kill -9</c> cannot prove, because the page cache outlives the process: that no 200 leaves before its sync.
/// Here the disk forgets every byte that was not synced before the cut.
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const int Cuts = 5;

    /// <summary>Scenario 1.</summary>
    [DiskFact]
    public async Task PowerCut_WhileSixtyFourWait_KeepsEveryMessageThatWasEverAcknowledged()
    {
        using var disk = new ImageDisk(megabytes: 1024);
        await using var shop = await Shop.OpenAsync(seconds: 2, dataPath: disk.DataPath);
        for (var cut = 0; cut < Cuts; cut++)
        {
            await LoadUntilPowerCutAsync(shop, disk, seed: cut + 1);
            await shop.Server.StartAsync();
        }

        var verdict = await shop.JudgeAsync();
        output.WriteLine(verdict.Figures);
        verdict.ShouldBeClean();
    }

    /// <summary>The test above must be able to fail: without syncs the same cut loses acknowledged messages.</summary>
    [DiskFact]
    public async Task PowerCut_WithSyncsOff_IsSeenToLoseAcknowledgedMessages()
    {
        using var disk = new ImageDisk(megabytes: 1024);
        await using var shop = await Shop.OpenAsync(
            seconds: 2, dataPath: disk.DataPath, environment: new Dictionary<string, string> { ["Waqtor__Store__Sync"] = "false" });
        await LoadUntilPowerCutAsync(shop, disk, seed: 1);

        // The archive is another file and may know more than the store; the store is asked by posting all of it again.
        await shop.Server.StartAsync();
        var lost = 0;
        foreach (var message in shop.Ledger.Messages.Where(message => message.AckedAt is not null))
            if (!await IsKnownAsync(shop, message)) lost++;
        output.WriteLine($"{shop.Ledger.Acked} acknowledged, {lost} of them lost");
        lost.ShouldBeGreaterThan(0);
    }

    private static async Task<bool> IsKnownAsync(Shop shop, SentMessage message)
    {
        var body = EvolutionBody.Text(Shop.Instance, message.Phone, message.Id, message.Id);
        using var answer = await shop.Client.SendWebhookAsync("evolution", Shop.Instance, body);
        return answer.IsSuccessStatusCode && (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("duplicates").GetInt32() == 1;
    }

    private async Task LoadUntilPowerCutAsync(Shop shop, ImageDisk disk, int seed)
    {
        var before = shop.Ledger.Acked;
        using var stop = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource();
        var clients = new BurstClients(shop.Client, shop.Ledger, Shop.Instance, seed) { LongestPause = TimeSpan.FromMilliseconds(50) };
        var load = clients.RunAsync(stop.Token, giveUp.Token);
        await Eventually.PauseAsync(TimeSpan.FromMilliseconds(1_000 + 137 * seed));
        // Stopped first, for the blink of an eye: the kernel may call a sync done that was under way when the disk went.
        Signals.Freeze(shop.Server.ProcessId);
        await Eventually.PauseAsync(TimeSpan.FromMilliseconds(20));
        disk.CutPower();
        await shop.Server.KillAsync();
        await stop.CancelAsync();
        await giveUp.CancelAsync();
        await load.ContinueWith(_ => { }, TaskScheduler.Default);
        output.WriteLine($"cut {seed}: {shop.Ledger.Acked - before} acknowledged before it");
        disk.Restore();
    }
}
