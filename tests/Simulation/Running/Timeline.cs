using System.Globalization;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Running;

/// <summary>
/// What happened, in order. Its hash tells whether two runs were the same; the lines themselves are only kept when
/// somebody wants to read them.
/// </summary>
internal sealed class Timeline(VirtualTime time, bool keepsLines)
{
    private readonly List<string> _lines = [];

    public ulong Hash { get; private set; } = 14695981039346656037;

    public IReadOnlyList<string> Lines => _lines;

    public bool KeepsLines => keepsLines;

    public long Count { get; private set; }

    public void Note(string what, string where, string detail = "")
    {
        Count++;
        Fold((ulong)time.Now.Ticks);
        Fold(what);
        Fold(where);
        Fold(detail);
        if (keepsLines) Add($"{what,-9} {where}  {detail}");
    }

    /// <summary>For readers only: not part of what must be the same.</summary>
    public void Remark(string text)
    {
        if (keepsLines) Add("          " + text);
    }

    private void Add(string text)
    {
        var at = time.Now;
        _lines.Add(string.Create(CultureInfo.InvariantCulture,
            $"{(int)at.TotalHours:00}:{at.Minutes:00}:{at.Seconds:00}.{at.Ticks % TimeSpan.TicksPerSecond / 10:000000}  {text}"));
    }

    private void Fold(string text)
    {
        foreach (var character in text) Fold(character);
    }

    private void Fold(ulong value) => Hash = (Hash ^ value) * 1099511628211;
}
