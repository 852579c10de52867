namespace Waqtor.Access;

/// <summary>What <see cref="ApiKeyGrain"/> stores; its key is the hash.</summary>
[GenerateSerializer, Alias("waqtor.api-key-state")]
public sealed class ApiKeyState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    [Id(1)] public ApiKeyRecord? Key { get; set; }
}
