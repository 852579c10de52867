namespace Waqtor.Sandbox;

/// <summary>What <see cref="SandboxPhoneGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.sandbox-phone-state")]
public sealed class SandboxPhoneState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>Oldest first.</summary>
    [Id(1)] public List<SandboxMessage> Screen { get; set; } = [];
    /// <summary>In the order in which they will arrive.</summary>
    [Id(2)] public List<SandboxPendingReceipt> Receipts { get; set; } = [];
}
