namespace Waqtor.Sandbox;

/// <summary>How the simulated WhatsApp misbehaves. All off by default.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.sandbox-faults")]
public sealed record SandboxFaults
{
    /// <summary>Milliseconds before a send is answered and before each receipt, 0 to 60,000. Default: 0.</summary>
    [Id(0)] public int LatencyMilliseconds { get; init; }
    /// <summary>Share of sends answered with an error that may be tried again, 0 to 1. Default: 0.</summary>
    [Id(1)] public double ErrorRate { get; init; }
    /// <summary>Share of sends that take effect but whose answer is lost, 0 to 1. Default: 0.</summary>
    [Id(2)] public double TimeoutRate { get; init; }
    /// <summary>Share of typed messages delivered twice, 0 to 1. Default: 0.</summary>
    [Id(3)] public double DuplicateRate { get; init; }
    /// <summary>Receipts come in the wrong order. Default: no.</summary>
    [Id(4)] public bool Disorder { get; init; }
    /// <summary>Sends are refused for good. Default: no.</summary>
    [Id(5)] public bool RejectAll { get; init; }
    /// <summary>Phones do not read; messages stay delivered. Default: no.</summary>
    [Id(6)] public bool NoReadReceipts { get; init; }
}
