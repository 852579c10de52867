using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waqtor.Access;
using Waqtor.Api.Access;
using Waqtor.Api.Instances;
using Waqtor.Api.Tests.Fakes;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Tests.Hosting;

/// <summary>The API on a real Kestrel and a free port, over grains in memory.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public const string AdminKey = "the-admin-key-of-the-tests";

    private readonly WebApplication _app;

    private ApiHost(WebApplication app, FakeCluster cluster, TestFolder folder, CapturedLog log)
    {
        (_app, Cluster, Folder, Log) = (app, cluster, folder, log);
        Address = new Uri(app.Urls.First());
        Client = new HttpClient { BaseAddress = Address };
        Client.DefaultRequestHeaders.Add(ApiKeyAuthenticationHandler.HeaderName, AdminKey);
        Provider = new HttpClient { BaseAddress = Address };
    }

    public FakeCluster Cluster { get; }
    public TestFolder Folder { get; }
    public CapturedLog Log { get; }
    public Uri Address { get; }
    public IServiceProvider Services => _app.Services;

    /// <summary>With the admin's key.</summary>
    public HttpClient Client { get; }

    /// <summary>Without a key, as a provider calls.</summary>
    public HttpClient Provider { get; }

    public static async Task<ApiHost> StartAsync(
        FakeCluster? cluster = null, (string Key, string Value)[]? settings = null, Action<IServiceCollection>? configure = null, TestFolder? folder = null)
    {
        cluster ??= new FakeCluster();
        folder ??= new TestFolder();
        var log = new CapturedLog();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Waqtor:DataPath"] = folder.Path,
            ["Waqtor:AdminKey"] = AdminKey,
        });
        builder.Configuration.AddInMemoryCollection(settings?.Select(setting => new KeyValuePair<string, string?>($"Waqtor:{setting.Key}", setting.Value)));
        builder.WebHost.UseKestrel();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureWaqtorKestrel();
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddRouting();
        builder.Services.AddSingleton(cluster.Clock);
        builder.Services.AddSingleton(cluster.Grains);
        builder.Services.AddSingleton(cluster.Archive);
        builder.Services.AddWaqtorWhatsApp(builder.Configuration.GetSection("Waqtor"));
        // Keys of the tests stay in memory.
        builder.Services.AddSingleton<IDataProtectionProvider>(cluster.Protection);
        configure?.Invoke(builder.Services);
        builder.Services.AddWaqtorApi(builder.Configuration.GetSection("Waqtor"));
        var app = builder.Build();
        app.MapWaqtorApi();
        await app.StartAsync();
        await app.Services.GetRequiredService<InstanceCache>().RefreshAsync();
        return new ApiHost(app, cluster, folder, log);
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<HttpResponseMessage> DeliverAsync(string path, string body) =>
        Provider.PostAsync($"/api/inbound/{path}", new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>A client with a fresh key of this role, bound to these instances.</summary>
    public async Task<HttpClient> ClientAsync(Role role, params string[] instances)
    {
        var key = ApiKeySecret.New();
        await Cluster.Key(ApiKeySecret.HashHex(key)).CreateAsync(new ApiKeyDefinition
        {
            Name = "test",
            Role = role,
            Instances = [.. instances],
            Hash = ApiKeySecret.HashHex(key),
            Prefix = key[..9],
        });
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Add(ApiKeyAuthenticationHandler.HeaderName, key);
        return client;
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) => await response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Ends the program as a stop would; what lies in the folder stays.</summary>
    public async Task StopAsync()
    {
        Client.Dispose();
        Provider.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Folder.Dispose();
    }
}
