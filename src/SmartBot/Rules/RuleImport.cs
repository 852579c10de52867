namespace Waqtor.SmartBot;

/// <summary>What a file of rules held: the rules that can be used and the report on all.</summary>
public sealed record RuleImport(IReadOnlyList<RuleEntry> Rules, IReadOnlyList<RuleProblem> Problems)
{
    public bool HasErrors => Problems.Any(problem => problem.IsError);
}
