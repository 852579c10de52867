using System.Globalization;
using System.Text;

namespace RealtimeBench;

/// <summary>The figures as a page.</summary>
internal static class Table
{
    private static string Processor => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? "processors"
        : "processors";

    public static string Of(IReadOnlyList<Figures> figures, Settings settings)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            # Realtime fan-out

            Written by `bench/realtime/run` on {{TimeProvider.System.GetUtcNow():yyyy-MM-dd}}: {{Environment.ProcessorCount}} x {{Processor}} shared by server and clients, {{settings.Seconds}} s a measurement,
            events of about 300 bytes. Each server is a process of its own; the clients are the same raw sockets for all.

            - *deliveries/s*: as fast as it goes, 40 events under way; *of the hub*: beside the bare SignalR hub with as many connections.
            - *p50, p99*: from the publisher's request to the client, at 20 events a second.
            - *KB idle*: resident memory of the server for each connection, before anything was published to it.
            - *p99 plain, beside*: 100 clients, 20 events of 16 KB a second, without and beside a client that never reads.
            - *lost*: connections that ended during the run.

            | transport | connections | deliveries/s | of the hub | p50 ms | p99 ms | KB idle | p99 plain ms | p99 beside ms | lost |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|

            """);
        foreach (var one in figures) text.AppendLine(Row(one, figures));
        return text.ToString();
    }

    public static string Row(Figures one, IReadOnlyList<Figures> all)
    {
        var hub = all.First(other => other.Transport == Transport.BareHub && other.Connections == one.Connections);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {Name(one.Transport)} | {one.Connections:N0} | {one.DeliveriesPerSecond:N0} | {one.DeliveriesPerSecond / hub.DeliveriesPerSecond:0.00} | {one.P50:0.0} | {one.P99:0.0} | {one.KilobytesPerConnection:0.0} | {one.P99Plain:0.0} | {one.P99Beside:0.0} | {one.Lost} |");
    }

    private static string Name(Transport transport) => transport switch
    {
        Transport.BareHub => "bare SignalR hub",
        Transport.SignalR => "feed, SignalR",
        Transport.WebSocket => "feed, WebSocket",
        _ => "feed, SSE",
    };
}
