namespace Waqtor.Messages;

/// <summary>What the customer chose: a button, a list row, a template's quick reply or a flow's form.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.interactive-content")]
public sealed record InteractiveContent(
    [property: Id(0)] string? Id,
    [property: Id(1)] string? Title,
    [property: Id(2)] string? Description = null,
    [property: Id(3)] string? Payload = null,
    /// <summary>The answered form of a flow, as the JSON text that came.</summary>
    [property: Id(4)] string? ResponseJson = null);
