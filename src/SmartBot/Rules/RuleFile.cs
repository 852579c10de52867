namespace Waqtor.SmartBot;

internal sealed record RuleFile
{
    public int Version { get; init; } = 1;

    public IReadOnlyList<RuleEntry> Rules { get; init; } = [];
}
