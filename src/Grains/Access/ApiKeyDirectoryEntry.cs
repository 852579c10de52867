namespace Waqtor.Access;

/// <summary>A key's line in the directory.</summary>
[GenerateSerializer, Alias("waqtor.api-key-directory-entry")]
public sealed class ApiKeyDirectoryEntry
{
    [Id(0)] public required string Id { get; set; }
    /// <summary>The key of its <see cref="IApiKeyGrain"/>.</summary>
    [Id(1)] public required string Hash { get; set; }
    /// <summary>Set until the key's own grain has it.</summary>
    [Id(2)] public ApiKeyDefinition? Pending { get; set; }
    [Id(3)] public bool Revoked { get; set; }
}
