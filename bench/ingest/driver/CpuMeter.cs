using System.Globalization;
using System.Runtime.InteropServices;

namespace Waqtor.Bench.Ingest;

/// <summary>
/// Tells the processor time of those who are measured from that of strangers, so that a noisy run can be marked.
/// Kernel threads count as nobody's: they work for the measured disk as well as for others'.
/// </summary>
public sealed partial class CpuMeter(IReadOnlyList<int> servers)
{
    private static readonly double TicksPerSecond = Sysconf(2);
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly double _busy = Busy();
    private readonly double _servers = servers.Sum(Of);
    private readonly double _own = Usage(0) + Usage(-1);
    private readonly double _kernel = Kernel();

    /// <summary>Cores in use by the servers, and by strangers, since the meter was made.</summary>
    public (double Servers, double Others) Read()
    {
        var seconds = TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
        var ofServers = servers.Sum(Of) - _servers;
        var own = Usage(0) + Usage(-1) - _own;
        var others = Busy() - _busy - ofServers - own - (Kernel() - _kernel);
        return (ofServers / seconds, Math.Max(0, others / seconds));
    }

    /// <summary>Cores in use by anybody over a short moment.</summary>
    public static async Task<double> SampleAsync()
    {
        var (busy, started) = (Busy(), TimeProvider.System.GetTimestamp());
        await Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System);
        return (Busy() - busy) / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static double Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..8]
            .Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        // All but idle, waiting for disks, and stolen.
        return (fields.Sum() - fields[3] - fields[4]) / TicksPerSecond;
    }

    private static double Of(int process) => ReadStat(process)?.Seconds ?? 0;

    private static double Kernel() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? ReadStat(id) : null)
        .Sum(stat => stat is { Parent: 2 } thread ? thread.Seconds : 0);

    private static (double Seconds, int Parent)? ReadStat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
            return (ticks / TicksPerSecond, int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null; // It has ended.
        }
    }

    // Of this process (0), or of its children that have ended (-1): the load generator.
    private static double Usage(int who)
    {
        Span<long> usage = stackalloc long[18];
        _ = GetResourceUsage(who, ref usage[0]);
        return usage[0] + usage[2] + (usage[1] + usage[3]) / 1e6;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, ref long usage);

    [LibraryImport("libc", EntryPoint = "sysconf")]
    private static partial nint Sysconf(int name);
}
