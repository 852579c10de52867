namespace Waqtor.Simulation.Faults;

/// <summary>
/// Counts what was reached: each fault by place, and each branch by which the product recovers. What is never reached in a
/// whole suite was never tested, so the suite fails.
/// </summary>
internal sealed class Coverage
{
    private readonly Dictionary<(FaultKind Kind, string Place), long> _faults = [];
    private readonly Dictionary<Branch, long> _branches = [];

    public IReadOnlyDictionary<(FaultKind Kind, string Place), long> Faults => _faults;

    public void Count(FaultKind kind, string place) => _faults[(kind, place)] = _faults.GetValueOrDefault((kind, place)) + 1;

    public void Count(Branch branch) => _branches[branch] = _branches.GetValueOrDefault(branch) + 1;

    public long Of(FaultKind kind) => _faults.Where(pair => pair.Key.Kind == kind).Sum(pair => pair.Value);

    public long Of(Branch branch) => _branches.GetValueOrDefault(branch);

    public IEnumerable<string> Missing() => Enum.GetValues<FaultKind>().Where(kind => Of(kind) == 0).Select(kind => "fault " + kind)
        .Concat(Enum.GetValues<Branch>().Where(branch => Of(branch) == 0).Select(branch => "branch " + branch));

    public void Add(Coverage other)
    {
        foreach (var (key, count) in other._faults) _faults[key] = _faults.GetValueOrDefault(key) + count;
        foreach (var (key, count) in other._branches) _branches[key] = _branches.GetValueOrDefault(key) + count;
    }

    public void Print(TextWriter output)
    {
        output.WriteLine("Faults, by the place where they struck:");
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            output.WriteLine($"  {kind,-28} {Of(kind),9}");
            foreach (var (key, count) in _faults.Where(pair => pair.Key.Kind == kind).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Place, StringComparer.Ordinal))
                output.WriteLine($"      {key.Place,-42} {count,9}");
        }

        output.WriteLine("Branches, how often they were taken:");
        foreach (var branch in Enum.GetValues<Branch>()) output.WriteLine($"  {branch,-28} {Of(branch),9}");
    }
}
