using System.Globalization;
using Waqtor.Simulation.Faults;

namespace Waqtor.Simulation.Running;

/// <summary>What came of many seeds.</summary>
internal sealed class CampaignResult
{
    public Coverage Coverage { get; } = new();

    public List<RunResult> Failures { get; } = [];

    /// <summary>Seeds during which the simulation itself broke.</summary>
    public List<string> Crashes { get; } = [];

    public int Seeds { get; private set; }

    public long Steps { get; private set; }

    public double ConversationHours { get; private set; }

    public TimeSpan Virtual { get; private set; }

    /// <summary>Processor time that it took, with all that .NET does beside.</summary>
    public TimeSpan Worked { get; set; }

    public TimeSpan Elapsed { get; set; }

    public bool IsClean => Failures.Count == 0 && Crashes.Count == 0;

    public void Add(RunResult result)
    {
        Seeds++;
        Steps += result.Steps;
        ConversationHours += result.ConversationHours;
        Virtual += result.Virtual;
        Coverage.Add(result.Coverage);
        if (result.Violation is not null) Failures.Add(result);
    }

    public void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Seeds} seeds, {Steps} steps, {Virtual.TotalHours:0} hours of virtual time in {Elapsed.TotalSeconds:0.0} s; {ConversationHours:0} conversation-hours, {ConversationHours / Worked.TotalSeconds:0} per second of one processor."));
        foreach (var crash in Crashes) output.WriteLine(crash);
        foreach (var failure in Failures)
        {
            output.WriteLine($"Seed {failure.Scenario.Seed} broke {failure.Violation!.Rule}: {failure.Violation.Text}");
            output.WriteLine("  " + CommandLine.For(failure.Scenario));
        }
    }
}
