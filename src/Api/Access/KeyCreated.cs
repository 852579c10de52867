using System.Collections.Immutable;
using Waqtor.Access;

namespace Waqtor.Api.Access;

/// <summary>A new key. <see cref="Key"/> is shown here and never again.</summary>
public sealed record KeyCreated(
    string Id, string Name, string Prefix, Role Role, ImmutableArray<string> Instances, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, string? Key);
