namespace Waqtor.SmartBot;

/// <summary>A model that turns texts into vectors, beside the built-in one. Its key is a credential of the instance.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.embedder-settings")]
public sealed record EmbedderSettings
{
    [Id(0)] public EndpointKind Kind { get; init; }
    /// <summary>Absolute http or https address.</summary>
    [Id(1)] public required string BaseUrl { get; init; }
    [Id(2)] public required string Model { get; init; }
}
