using System.Net;
using Microsoft.Extensions.Options;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Engines;

/// <summary>What the settings of a cluster must be beside one another.</summary>
internal sealed class ClusterOptionsValidator(IConfiguration configuration) : IValidateOptions<ClusterOptions>
{
    private const string Key = $"{OptionsCatalog.Root}:{ClusterOptions.Section}:";

    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        var failures = new List<string>();
        var role = configuration.Get<SiloOptions>(SiloOptions.Section).Role;
        if (options.AdvertisedAddress is { Length: > 0 } address && AddressFault(address) is { } fault)
            failures.Add($"{Key}{nameof(options.AdvertisedAddress)}: '{address}' {fault}");
        if (options.SiloPort == options.GatewayPort)
            failures.Add($"{Key}{nameof(options.GatewayPort)}: must be another than {Key}{nameof(options.SiloPort)}.");
        if (string.IsNullOrWhiteSpace(options.RedisConnectionString))
        {
            if (role != ServerRole.All)
                failures.Add($"{OptionsCatalog.Root}:{nameof(SiloOptions.Role)}: '{role.ToString().ToLowerInvariant()}' needs a cluster; set {Key}{nameof(options.RedisConnectionString)}.");
        }
        else
        {
            CheckCluster(options, failures);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private void CheckCluster(ClusterOptions options, List<string> failures)
    {
        if (RedisServer.For(options) is null)
            failures.Add($"{Key}{nameof(options.RedisConnectionString)}: cannot be read; an example is redis:6379,password=secret.");
        if (string.IsNullOrWhiteSpace(options.Secret))
            failures.Add($"{Key}{nameof(options.Secret)}: is missing; all nodes of a cluster share one text of 16 characters or more.");
        // Each node would have a history of its own, and lists would depend on who is asked.
        if (configuration[$"{OptionsCatalog.Root}:Archive:Provider"] is null or "sqlite")
            failures.Add($"{OptionsCatalog.Root}:Archive:Provider: must be postgres on a cluster.");
    }

    private static string? AddressFault(string text) =>
        !IPAddress.TryParse(text, out var address) ? "is not an IP address."
        : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Broadcast)
            ? "is no address that the other nodes could reach; leave it out for the machine's first one."
        : null;
}
