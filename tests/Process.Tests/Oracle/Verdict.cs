namespace Waqtor.Process.Tests.Oracle;

/// <summary>What the oracle found: broken promises, and the figures behind the kept ones.</summary>
public sealed record Verdict(IReadOnlyList<string> Violations, string Figures)
{
    private const int Shown = 20;

    public void ShouldBeClean() => Violations.ShouldBeEmpty(
        $"{Violations.Count} promises broken, the first of them:\n{string.Join('\n', Violations.Take(Shown))}\n{Figures}");
}
