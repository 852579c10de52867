namespace Waqtor.Silo.Commands;

/// <summary>The server cannot start for reasons an operator can mend; shown line by line, without a stack trace.</summary>
public sealed class StartupException(IReadOnlyList<string> reasons) : Exception(string.Join(Environment.NewLine, reasons))
{
    public StartupException(string reason) : this([reason]) { }

    public IReadOnlyList<string> Reasons { get; } = reasons;

    public int Print(TextWriter output)
    {
        output.WriteLine("WaQtor cannot start:");
        foreach (var reason in Reasons) output.WriteLine($"  - {reason}");
        return ExitCode.Failed;
    }
}
