using System.Text.RegularExpressions;
using Waqtor.Process.Tests.Machine;
using Xunit.Abstractions;

namespace Waqtor.Process.Tests;

/// <summary>The system calls of single webhooks: between a webhook's arrival and its 200 lies a sync of the store.</summary>
public sealed partial class SyncBeforeAnswerTests(ITestOutputHelper output)
{
    private const int Webhooks = 20;

    private const string Unfinished = " <unfinished ...>";
    private const string Resumed = " resumed>";

    private static readonly string[] Watched =
        ["-yy", "-s", "64", "-e", "trace=fsync,fdatasync,read,recvfrom,recvmsg,write,writev,sendto,sendmsg"];

    [TracedFact]
    public async Task Webhook_IsAnswered_OnlyAfterASyncOfTheStore()
    {
        await using var shop = await Shop.OpenAsync(seconds: 60);
        var (synced, all) = await TraceAsync(shop);
        output.WriteLine($"{synced} of {all} webhooks were synced between their arrival and their 200");
        (synced, all).ShouldBe((Webhooks, Webhooks));
    }

    /// <summary>The test above must be able to fail.</summary>
    [TracedFact]
    public async Task Webhook_WithSyncsOff_IsSeenToBeAnsweredWithoutOne()
    {
        var off = new Dictionary<string, string> { ["Waqtor__Store__Sync"] = "false" };
        await using var shop = await Shop.OpenAsync(seconds: 60, environment: off);
        var (synced, all) = await TraceAsync(shop);
        (synced, all).ShouldBe((0, Webhooks));
    }

    /// <summary>The store is locked, so the message goes to the spool: the same promise holds there.</summary>
    [TracedFact]
    public async Task Webhook_TakenByTheSpool_IsAnsweredOnlyAfterASyncOfTheSpool()
    {
        await using var shop = await Shop.OpenAsync(seconds: 60);
        using var locked = new StoreLock(Path.Combine(shop.Server.DataPath, "waqtor.db"));
        // The first one finds out that the store is away, which may take seconds and is not looked at.
        await shop.WriteOkAsync("551190000", "finds-out");
        var (synced, all) = await TraceAsync(shop);
        output.WriteLine($"{synced} of {all} spooled webhooks were synced between their arrival and their 200");
        (synced, all).ShouldBe((Webhooks, Webhooks));
    }

    // Posts one at a time, so that a sync between a request and its answer can only be theirs.
    private static async Task<(int Synced, int All)> TraceAsync(Shop shop)
    {
        IReadOnlyList<string> calls;
        await using (var trace = await SystemCallTrace.AttachAsync(shop.Server.ProcessId, Watched))
        {
            for (var number = 0; number < Webhooks; number++)
                await shop.WriteOkAsync($"5511900{number:D3}", $"traced-{number}");
            calls = await trace.EndAsync();
        }
        int synced = 0, all = 0;
        bool open = false, syncSeen = false;
        foreach (var call in Joined(calls))
        {
            if (Arrival().IsMatch(call))
                (open, syncSeen) = (true, false);
            else if (open && SyncOfTheStore().IsMatch(call))
                syncSeen = true;
            else if (open && Answer().IsMatch(call))
            {
                all++;
                if (syncSeen) synced++;
                open = false;
            }
        }
        return (synced, all);
    }

    // A call that others interrupt is printed in two halves: it is put together where its end is, for then it is done.
    private static IEnumerable<string> Joined(IEnumerable<string> calls)
    {
        var begun = new Dictionary<string, string>();
        foreach (var call in calls)
        {
            var thread = call.Split(' ')[0];
            if (call.EndsWith(Unfinished, StringComparison.Ordinal))
                begun[thread] = call[..^Unfinished.Length];
            else if (call.IndexOf(Resumed, StringComparison.Ordinal) is var end && end >= 0 && begun.Remove(thread, out var start))
                yield return start + call[(end + Resumed.Length)..];
            else
                yield return call;
        }
    }

    [GeneratedRegex("""(read|recvfrom|recvmsg)\(.*POST /api/inbound/""")]
    private static partial Regex Arrival();

    [GeneratedRegex("""(fsync|fdatasync)\(\d+<[^>]*(/waqtor\.db|/spool/)[^>]*>\)\s*= 0""")]
    private static partial Regex SyncOfTheStore();

    [GeneratedRegex("""(write|writev|sendto|sendmsg)\(.*HTTP/1\.1 200""")]
    private static partial Regex Answer();
}
