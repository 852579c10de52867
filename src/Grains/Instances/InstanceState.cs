using Waqtor.Events;

namespace Waqtor.Instances;

/// <summary>What <see cref="InstanceGrain"/> stores. After a deletion the revision stays, so that it never falls.</summary>
[GenerateSerializer, Alias("waqtor.instance-state")]
public sealed class InstanceState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>Null: never made, or deleted.</summary>
    [Id(1)] public string? InstanceId { get; set; }
    [Id(2)] public InstanceSettings? Settings { get; set; }
    /// <summary>JSON of <see cref="InstanceCredentials"/>, encrypted by <see cref="ISecretProtector"/>.</summary>
    [Id(3)] public string? ProtectedCredentials { get; set; }
    /// <summary>Beside the ciphertext, so that showing an instance needs no key.</summary>
    [Id(4)] public List<string> CredentialsSet { get; set; } = [];
    [Id(5)] public SessionRecord? Session { get; set; }
    [Id(6)] public DateTimeOffset CreatedAt { get; set; }
    [Id(7)] public DateTimeOffset UpdatedAt { get; set; }
    /// <summary>Rises with each change of settings or credentials.</summary>
    [Id(8)] public long Revision { get; set; }
    /// <summary>The directory has yet to be told of this revision.</summary>
    [Id(9)] public bool DirectoryPending { get; set; }
    /// <summary>Fingerprints of the last notices, oldest first.</summary>
    [Id(10)] public List<string> Notices { get; set; } = [];
    [Id(11)] public List<DomainEvent> Outbox { get; set; } = [];
}
