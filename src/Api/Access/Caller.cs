using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Waqtor.Access;

namespace Waqtor.Api.Access;

/// <summary>Who asks, and which instances he may see.</summary>
public sealed record Caller(string KeyId, Role Role, ImmutableHashSet<string>? Instances)
{
    /// <summary>Names to hand to a query; null: all.</summary>
    public IReadOnlyCollection<string>? AllowedInstances => Instances;

    public bool Sees(string instance) => Instances is null || Instances.Contains(instance);

    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(Of(context));

    /// <summary>Null where nobody was authenticated.</summary>
    public static Caller? Of(HttpContext context) => (context.User.Identity as CallerIdentity)?.Caller;

    /// <summary>The caller of the key of the configuration.</summary>
    public static Caller ConfiguredAdmin { get; } = new("admin", Role.Admin, null);

    public static Caller For(ApiKeyRecord key) =>
        new(key.Id, key.Role, key.Instances.IsDefaultOrEmpty ? null : [.. key.Instances]);
}
