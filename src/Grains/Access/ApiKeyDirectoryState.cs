namespace Waqtor.Access;

/// <summary>What <see cref="ApiKeyDirectoryGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.api-key-directory-state")]
public sealed class ApiKeyDirectoryState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>In order of making.</summary>
    [Id(1)] public List<ApiKeyDirectoryEntry> Entries { get; set; } = [];
    /// <summary>An admin key was made once, even if it is gone by now.</summary>
    [Id(2)] public bool AdminWasMade { get; set; }
}
