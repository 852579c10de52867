using System.Diagnostics;
using System.Net;
using Waqtor.Process.Tests.Load;
using Waqtor.Process.Tests.Machine;
using Waqtor.ProcessKit;
using Xunit.Abstractions;

namespace Waqtor.Process.Tests;

/// <summary>The store cannot be written: ingest goes on by the spool, or says 503; nothing acknowledged is lost.</summary>
public sealed class StoreAwayTests(ITestOutputHelper output)
{
    // The product answers within 5 s; the rest is room for a busy machine, and still less than the longest stall.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Store_LockedByAnother_IsBridgedByTheSpoolInOrder(bool killWhileSpooled)
    {
        await using var shop = await Shop.OpenAsync(seconds: 2);
        await shop.WriteOkAsync("551190001", "before");
        TimeSpan slowest;
        using (new StoreLock(Path.Combine(shop.Server.DataPath, "waqtor.db")))
        {
            slowest = await WriteToManyAsync(shop, conversations: 16, each: 6);
            if (killWhileSpooled)
                await shop.Server.KillAsync();
        }
        if (killWhileSpooled)
            await shop.Server.StartAsync();
        await shop.WriteOkAsync("551190001", "after");

        // While the store is away no buffer can be opened or flushed in time; all else must hold.
        var verdict = await shop.JudgeAsync(rules => rules with { JudgesTimes = false });
        output.WriteLine($"{shop.Ledger.Acked} taken, slowest answer {slowest.TotalMilliseconds:0} ms; {verdict.Figures}");
        verdict.ShouldBeClean();
        shop.Ledger.Acked.ShouldBe(16 * 6 + 2, "with a spool, a locked store refuses nobody");
        slowest.ShouldBeLessThan(AnswerLimit);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Store_AwayLongerThanTheWindow_TheBurstIsStillAnsweredOnce(bool killWhileSpooled)
    {
        await using var shop = await Shop.OpenAsync();
        using (new StoreLock(Path.Combine(shop.Server.DataPath, "waqtor.db")))
        {
            // The first to meet the outage is tried in the store; what comes after it goes behind it into the spool.
            await shop.WriteOkAsync("551190009", "first");
            await Task.WhenAll(Enumerable.Range(1, 3).Select(number => shop.WriteOkAsync("551190001", $"burst-{number}")));
            await Eventually.PauseAsync(shop.Buffer.Window());
            if (killWhileSpooled)
                await shop.Server.KillAsync();
        }
        if (killWhileSpooled)
            await shop.Server.StartAsync();

        await shop.DrainAsync();

        (await shop.BatchesAsync("551190001")).ShouldHaveSingleItem().ProviderMessageIds.ShouldBe(["burst-1", "burst-2", "burst-3"], ignoreOrder: true);
        shop.Replies.Count.ShouldBe(2);
    }

    /// <summary>Scenario 7: not even the spool finds room.</summary>
    [DiskFact]
    public async Task Disk_Full_Answers503AndHealsByItself()
    {
        using var disk = new ImageDisk();
        await using var shop = await Shop.OpenAsync(seconds: 2, dataPath: disk.DataPath);
        await shop.WriteOkAsync("551190001", "before");
        // The archive follows the acknowledgement; on a full disk it could not.
        await Eventually.TrueAsync("the archive to know the conversation", TimeSpan.FromSeconds(30), async () =>
            await shop.Client.ConversationAsync(Shop.Instance, "551190001") is not null);
        var ballast = disk.Fill();

        using var refused = await PostUntilRefusedAsync(shop);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        shop.Server.HasExited.ShouldBeFalse();
        (await shop.Client.ConversationAsync(Shop.Instance, "551190001")).ShouldNotBeNull("reads live on");

        File.Delete(ballast);
        await Eventually.TrueAsync("webhooks to be taken again", TimeSpan.FromSeconds(60), async () =>
            await shop.WriteAsync("551190001", "after") == HttpStatusCode.OK);
        var verdict = await shop.JudgeAsync(rules => rules with { JudgesTimes = false });
        output.WriteLine(verdict.Figures);
        verdict.ShouldBeClean();
    }

    /// <summary>Scenario 8: the disk says that a sync failed.</summary>
    [TracedFact]
    public async Task Disk_ThatFailsSyncs_IsNeverAcknowledgedOn()
    {
        await using var shop = await Shop.OpenAsync(seconds: 2);
        await shop.WriteOkAsync("551190001", "before");
        await using (await SystemCallTrace.AttachAsync(
            shop.Server.ProcessId, "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO"))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => shop.WriteAsync($"55119100{number:D2}", $"failing-{number}")));
            answers.ShouldAllBe(status => status == HttpStatusCode.ServiceUnavailable);
        }
        // A supervisor would do the same, should the program choose to end over this.
        if (shop.Server.HasExited)
            await shop.Server.StartAsync();
        await Eventually.TrueAsync("webhooks to be taken again", TimeSpan.FromSeconds(60), async () =>
            await shop.WriteAsync("551190001", "after") == HttpStatusCode.OK);
        var verdict = await shop.JudgeAsync(rules => rules with { JudgesTimes = false });
        output.WriteLine(verdict.Figures);
        verdict.ShouldBeClean();
    }

    /// <summary>Scenario 9: the disk stands still for 5 s, then for 12 s (30 s in the note, scaled).</summary>
    [DiskFact]
    public async Task Disk_ThatStalls_IsWaitedForOrRefusedWithinTheLimit()
    {
        using var disk = new ImageDisk(megabytes: 1024);
        await using var shop = await Shop.OpenAsync(seconds: 2, dataPath: disk.DataPath);
        var clients = new BurstClients(shop.Client, shop.Ledger, Shop.Instance, seed: 9);
        using var stop = new CancellationTokenSource();
        var load = clients.RunAsync(stop.Token);
        await Eventually.PauseAsync(TimeSpan.FromSeconds(1));
        var before = ProcessMemory.ResidentBytes(shop.Server.ProcessId);
        var slowest = TimeSpan.Zero;
        // A client of its own: the others' connections are all busy waiting.
        using var probe = new WaqtorClient(shop.Server.Url, WaqtorServer.AdminKey);
        foreach (var seconds in new[] { 5, 12 })
        {
            disk.Freeze();
            var thawed = Eventually.PauseAsync(TimeSpan.FromSeconds(seconds)).ContinueWith(_ => disk.Thaw(), TaskScheduler.Default);
            for (var number = 0; !thawed.IsCompleted; number++)
            {
                var asked = Stopwatch.GetTimestamp();
                await shop.WriteAsync("551190009", $"stalled-{seconds}-{number}", client: probe);
                if (Stopwatch.GetElapsedTime(asked) is var took && took > slowest) slowest = took;
                await Eventually.PauseAsync(TimeSpan.FromMilliseconds(200));
            }
            await thawed;
            await Eventually.TrueAsync("webhooks to be taken again", TimeSpan.FromSeconds(60), async () =>
                await shop.WriteAsync("551190010", $"thawed-{seconds}") == HttpStatusCode.OK);
        }
        var grown = ProcessMemory.ResidentBytes(shop.Server.ProcessId) - before;
        await stop.CancelAsync();
        await load.WaitAsync(TimeSpan.FromSeconds(30));

        var verdict = await shop.JudgeAsync(rules => rules with { JudgesTimes = false });
        output.WriteLine($"slowest answer {slowest.TotalMilliseconds:0} ms, memory {grown / 1_048_576} MB more, {clients.Refused} refused; {verdict.Figures}");
        verdict.ShouldBeClean();
        slowest.ShouldBeLessThan(AnswerLimit);
        grown.ShouldBeLessThan(400L << 20);
    }

    private static async Task<TimeSpan> WriteToManyAsync(Shop shop, int conversations, int each)
    {
        var slowest = await Task.WhenAll(Enumerable.Range(0, conversations).Select(async conversation =>
        {
            var worst = TimeSpan.Zero;
            for (var number = 0; number < each; number++)
            {
                var asked = Stopwatch.GetTimestamp();
                await shop.WriteOkAsync($"55119200{conversation:D2}", $"spooled-{conversation}-{number}");
                if (Stopwatch.GetElapsedTime(asked) is var took && took > worst) worst = took;
            }
            return worst;
        }));
        return slowest.Max();
    }

    // What the store had reserved may take a few more in; those count as acknowledged like any other.
    private static async Task<HttpResponseMessage> PostUntilRefusedAsync(Shop shop)
    {
        for (var number = 0; number < 5_000; number++)
        {
            var (id, phone) = ($"filling-{number}", $"5511930{number % 50:D2}");
            shop.Ledger.Posting(id, phone);
            var answer = await shop.Client.SendWebhookAsync("evolution", Shop.Instance, EvolutionBody.Text(Shop.Instance, phone, id, id));
            if (answer.StatusCode != HttpStatusCode.OK) return answer;
            shop.Ledger.Acknowledged(id);
            answer.Dispose();
        }
        throw new InvalidOperationException("5,000 messages found room on a full disk");
    }
}
