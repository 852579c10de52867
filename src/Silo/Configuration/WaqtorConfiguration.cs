namespace Waqtor.Silo.Configuration;

/// <summary>
/// Where settings come from, the later winning: <c>appsettings.json</c> beside the program, <c>appsettings.json</c> in
/// the working directory, the environment, the command line.
/// </summary>
internal static class WaqtorConfiguration
{
    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--role"] = $"{OptionsCatalog.Root}:{nameof(SiloOptions.Role)}",
    };

    public static void AddSources(IConfigurationBuilder builder, string[] settings)
    {
        builder.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false);
        builder.AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true, reloadOnChange: false);
        builder.AddEnvironmentVariables("ASPNETCORE_");
        builder.AddEnvironmentVariables();
        builder.AddCommandLine(settings, ShortNames);
    }

    /// <summary>Options of this project as they are set; only after <see cref="ConfigurationCheck"/> found no error.</summary>
    public static TOptions Get<TOptions>(this IConfiguration configuration, string section) where TOptions : new() =>
        (section.Length == 0 ? configuration.GetSection(OptionsCatalog.Root) : configuration.GetSection($"{OptionsCatalog.Root}:{section}"))
        .Get<TOptions>() ?? new TOptions();
}
