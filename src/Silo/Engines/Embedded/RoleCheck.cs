using Microsoft.Extensions.Options;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Engines;

/// <summary>The embedded engine is alone: it cannot be half of a server.</summary>
internal sealed class RoleCheck : IValidateOptions<SiloOptions>
{
    public ValidateOptionsResult Validate(string? name, SiloOptions options) => options.Role == ServerRole.All
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{OptionsCatalog.Root}:{nameof(SiloOptions.Role)}: must be all; other roles need a build with -p:Engine=Orleans.");
}
