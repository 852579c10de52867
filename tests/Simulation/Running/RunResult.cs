using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Model;
using Waqtor.Simulation.Scenarios;

namespace Waqtor.Simulation.Running;

/// <summary>What came of one seed.</summary>
internal sealed record RunResult(
    Scenario Scenario, Violation? Violation, ulong TraceHash, Coverage Coverage, double ConversationHours, TimeSpan Virtual, long Steps, int Faults,
    IReadOnlyList<string> Lines);
