using System.Globalization;

namespace Waqtor.ProcessKit;

/// <summary>What the system says a process holds in memory.</summary>
public static class ProcessMemory
{
    public static double ResidentMegabytes(int processId) => ResidentBytes(processId) / 1_048_576.0;

    public static long ResidentBytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
