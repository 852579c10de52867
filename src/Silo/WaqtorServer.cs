using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Waqtor.Api;
using Waqtor.Archive;
using Waqtor.Instances;
using Waqtor.Silo.Access;
using Waqtor.Silo.Commands;
using Waqtor.Silo.Configuration;
using Waqtor.Silo.Conversations;
using Waqtor.Silo.Data;
using Waqtor.Silo.Engines;
using Waqtor.Silo.Health;
using Waqtor.Silo.Instances;
using Waqtor.Silo.Telemetry;
using Waqtor.WhatsApp;

namespace Waqtor.Silo;

/// <summary>Puts the server together: one line per concern.</summary>
internal static class WaqtorServer
{
    /// <exception cref="StartupException">The configuration is wrong or the data folder cannot be had.</exception>
    public static async Task<WebApplication> BuildAsync(string[] settings)
    {
        var builder = CreateBuilder(settings);
        foreach (var unknown in ConfigurationCheck.FindUnknownKeys(builder.Configuration)) Console.Error.WriteLine($"Warning: {unknown}");
        var (server, errors) = TryBuild(builder);
        if (server is null || errors.Count > 0)
        {
            if (server is not null) await server.DisposeAsync();
            throw new StartupException(errors);
        }

        try
        {
            // Asked for before all else, so that it is disposed of last: the lock outlives every writer.
            server.Services.GetRequiredService<DataFolder>().MakePrivateFolder("keys");
            ListenAddresses.Check(server.Configuration, server.Services.GetRequiredService<SiloOptions>());
        }
        catch (StartupException)
        {
            await server.DisposeAsync();
            throw;
        }

        server.MapWaqtorHealth();
        if (server.Services.GetRequiredService<SiloOptions>().Role != ServerRole.Silo) server.MapWaqtorApi();
        return server;
    }

    /// <summary>Everything wrong with the configuration, without starting or writing anything.</summary>
    public static async Task<IReadOnlyList<string>> FindConfigurationErrorsAsync(string[] settings)
    {
        var builder = CreateBuilder(settings);
        var unknown = ConfigurationCheck.FindUnknownKeys(builder.Configuration);
        var (server, errors) = TryBuild(builder);
        List<string> places = [];
        if (server is not null)
        {
            var options = server.Services.GetRequiredService<SiloOptions>();
            if (DataFolder.FindUnusable(options.DataPath) is { } unusable) places.Add(unusable);
            places.AddRange(ListenAddresses.FindUnreadable(server.Configuration, options));
            await server.DisposeAsync();
        }

        return [.. errors, .. places, .. unknown];
    }

    // Parts have rules of their own beyond single values; both kinds of errors are listed at once.
    private static (WebApplication? Server, IReadOnlyList<string> Errors) TryBuild(WebApplicationBuilder builder)
    {
        var errors = ConfigurationCheck.FindErrors(builder.Configuration);
        try
        {
            Compose(builder);
            var server = builder.Build();
            var keys = errors.Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]).ToList();
            return (server, [.. errors, .. FindOptionErrors(server.Services).Where(error => !keys.Exists(key => error.StartsWith(key, StringComparison.Ordinal)))]);
        }
        catch (InvalidOperationException) when (errors.Count > 0)
        {
            // A value that cannot be read: it is among the errors already.
            return (null, errors);
        }
        catch (OptionsValidationException exception)
        {
            // Of what the web server itself is made with, which is asked for before all else: mostly among the errors already.
            return (null, errors.Count > 0 ? errors : [.. exception.Failures]);
        }
    }

    private static WebApplicationBuilder CreateBuilder(string[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        WaqtorConfiguration.AddSources(builder.Configuration, settings);
        return builder;
    }

    private static void Compose(WebApplicationBuilder builder)
    {
        var options = builder.SettleDataPath();
        var waqtor = builder.Configuration.GetSection(OptionsCatalog.Root);
        builder.AddWaqtorLogging();
        builder.AddWaqtorTelemetry();
        builder.AddWaqtorEngine(options.DataPath);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(Banner.Output(builder.Configuration));
        builder.Services.AddWaqtorSecrets(options.DataPath);
        builder.Services.AddWaqtorWhatsApp(waqtor);
        builder.Services.AddWaqtorArchive(waqtor);
        if (options.Role != ServerRole.Api) builder.Services.AddWaqtorSilo(waqtor);
        if (options.Role != ServerRole.Silo) builder.Services.AddWaqtorApi(waqtor);
        builder.Services.AddWaqtorHealth(options.Role);
        builder.AddWaqtorKestrel(options);
        builder.Services.AddSingleton(_ => DataFolder.Open(options.DataPath));
    }

    // Everybody else reads the path from the configuration, so it is made absolute there.
    private static SiloOptions SettleDataPath(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.Get<SiloOptions>(SiloOptions.Section);
        options.DataPath = Path.GetFullPath(options.DataPath);
        builder.Configuration.AddInMemoryCollection([new($"{OptionsCatalog.Root}:{nameof(SiloOptions.DataPath)}", options.DataPath)]);
        return options;
    }

    private static void AddWaqtorSecrets(this IServiceCollection services, string dataPath)
    {
        services.AddDataProtection().SetApplicationName("waqtor");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new SyncedKeyFolder(new DirectoryInfo(Path.Combine(dataPath, "keys"))));
        services.AddSingleton<ISecretProtector, SecretProtector>();
    }

    private static void AddWaqtorSilo(this IServiceCollection services, IConfiguration waqtor)
    {
        services.AddWaqtorGrains(waqtor);
        services.AddHostedService<OrphanWatchStart>();
        services.AddSingleton<FirstStart>();
        services.AddHostedService(provider => provider.GetRequiredService<FirstStart>());
    }

    private static void AddWaqtorKestrel(this WebApplicationBuilder builder, SiloOptions options)
    {
        builder.WebHost.UseKestrel((context, kestrel) => kestrel.Configure(context.Configuration.GetSection("Kestrel")));
        builder.WebHost.ConfigureWaqtorKestrel();
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null) builder.WebHost.UseUrls(options.Urls);
        builder.Services.AddRouting();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.StopTimeoutSeconds));
    }

    // What the options of a part say of themselves beyond single values.
    private static IReadOnlyList<string> FindOptionErrors(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
        catch (AggregateException exception)
        {
            return [.. exception.InnerExceptions.OfType<OptionsValidationException>().SelectMany(inner => inner.Failures)];
        }
    }
}
