namespace Waqtor.Messages;

/// <summary>What <see cref="StatusExpiryPageGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.status-expiry-page-state")]
public sealed class StatusExpiryPageState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    [Id(1)] public StatusExpiryPage? Page { get; set; }
}
