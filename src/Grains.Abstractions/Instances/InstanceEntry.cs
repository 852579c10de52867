namespace Waqtor.Instances;

/// <summary>An instance's line in the directory: what routing and sending need.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.instance-entry")]
public sealed record InstanceEntry(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] ProviderKind Provider,
    [property: Id(3)] string? PhoneNumberId,
    [property: Id(4)] string? ProviderInstance,
    [property: Id(5)] long Version,
    [property: Id(6)] int? ContactsPerDay = null);
