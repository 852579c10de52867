namespace Waqtor.Sandbox;

/// <summary>What <see cref="SandboxGrain"/> stores; each phone stores its own screen.</summary>
[GenerateSerializer, Alias("waqtor.sandbox-state")]
public sealed class SandboxState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>By number.</summary>
    [Id(1)] public Dictionary<string, SandboxPhone> Phones { get; set; } = new(StringComparer.Ordinal);
    [Id(2)] public SandboxFaults Faults { get; set; } = new();
}
