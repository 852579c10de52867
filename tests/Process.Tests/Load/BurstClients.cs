using System.Net;
using Waqtor.ProcessKit;

namespace Waqtor.Process.Tests.Load;

/// <summary>
/// A provider's side: connections that post customers' bursts and, like a provider, post again whatever was not
/// acknowledged. Most connections own their conversations and send one message after the other, so that the order is
/// known; every eighth shares its conversations with the others of its kind, so that posts to one conversation overlap.
/// </summary>
public sealed class BurstClients(WaqtorClient client, Ledger ledger, string instance, int seed, int connections = 64)
{
    private const int PhonesPerConnection = 8;
    private const int SharedPhones = 16;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(30);
    private int _next;
    private int _redeliveries;
    private int _refused;
    private int _interrupted;

    /// <summary>Posts of messages that were acknowledged already.</summary>
    public int Redeliveries => _redeliveries;

    /// <summary>Answers other than 200.</summary>
    public int Refused => _refused;

    /// <summary>Posts that ended without an answer.</summary>
    public int Interrupted => _interrupted;

    /// <summary>The longest pause between two bursts of a connection.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends until <paramref name="stop"/>, then goes on only until what was begun is acknowledged.</summary>
    public Task RunAsync(CancellationToken stop, CancellationToken giveUp = default) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(() => RunConnectionAsync(connection, stop, giveUp), giveUp)));

    private async Task RunConnectionAsync(int connection, CancellationToken stop, CancellationToken giveUp)
    {
        var random = new Random(seed + connection * 7919);
        string? lastId = null;
        while (!stop.IsCancellationRequested)
        {
            var phone = PhoneFor(connection, random);
            for (var left = random.Next(1, 8); left > 0; left--)
            {
                lastId = $"3EB0{seed:X8}{Interlocked.Increment(ref _next):X10}";
                await PostUntilAckedAsync(phone, lastId, giveUp);
            }
            if (random.Next(20) == 0)
                await RedeliverAsync(phone, lastId!, giveUp);
            await Eventually.PauseAsync(random.NextDouble() * LongestPause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static string PhoneFor(int connection, Random random) => connection % 8 == 0
        ? $"55119990{random.Next(SharedPhones):D5}"
        : $"55119{connection:D3}{random.Next(PhonesPerConnection):D5}";

    private async Task PostUntilAckedAsync(string phone, string id, CancellationToken giveUp)
    {
        // The text is the id, so that a reply tells which messages it answers.
        var body = EvolutionBody.Text(instance, phone, id, id);
        ledger.Posting(id, phone);
        while (!await TryPostAsync(body, giveUp))
            await Eventually.PauseAsync(RetryPause, giveUp);
        ledger.Acknowledged(id);
    }

    // A provider that lost our 200 posts again; nothing may come of it.
    private async Task RedeliverAsync(string phone, string id, CancellationToken giveUp)
    {
        Interlocked.Increment(ref _redeliveries);
        await TryPostAsync(EvolutionBody.Text(instance, phone, id, id), giveUp);
    }

    private async Task<bool> TryPostAsync(byte[] body, CancellationToken giveUp)
    {
        try
        {
            var status = await client.PostWebhookAsync("evolution", instance, body, giveUp);
            if (status == HttpStatusCode.OK) return true;
            Interlocked.Increment(ref _refused);
            return status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
                ? false
                : throw new InvalidOperationException($"A good webhook was answered {(int)status}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is TaskCanceledException && !giveUp.IsCancellationRequested))
        {
            Interlocked.Increment(ref _interrupted);
            return false;
        }
    }
}
