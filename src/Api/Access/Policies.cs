using Microsoft.AspNetCore.Authorization;
using Waqtor.Access;

namespace Waqtor.Api.Access;

/// <summary>The policies of the roles; each role may do what those before it may.</summary>
internal static class Policies
{
    public const string Viewer = "viewer";
    public const string Operator = "operator";
    public const string Admin = "admin";

    public static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(Viewer, policy => Require(policy, Role.Viewer));
        options.AddPolicy(Operator, policy => Require(policy, Role.Operator));
        options.AddPolicy(Admin, policy => Require(policy, Role.Admin));
    }

    private static void Require(AuthorizationPolicyBuilder policy, Role role) => policy
        .AddAuthenticationSchemes(ApiKeyAuthenticationHandler.SchemeName)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => context.User.Identity is CallerIdentity identity && identity.Caller.Role >= role);
}
