namespace Waqtor.Instances;

/// <summary>What became of an <see cref="InstancePatch"/>.</summary>
/// <param name="Instance">As it is now; null: no such instance.</param>
/// <param name="IsStale">It was changed since <see cref="InstancePatch.Version"/>, so nothing of the patch was done.</param>
[GenerateSerializer, Immutable, Alias("waqtor.instance-update")]
public sealed record InstanceUpdate([property: Id(0)] InstanceRecord? Instance, [property: Id(1)] bool IsStale = false);
