using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Waqtor.Silo.Demo;

/// <summary>A whole server on a free port with a data folder that is gone afterwards; it logs nothing.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly DirectoryInfo _folder;

    private DemoServer(WebApplication server, DirectoryInfo folder, string adminKey)
    {
        _server = server;
        _folder = folder;
        AdminKey = adminKey;
        Address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Address { get; }

    public string AdminKey { get; }

    public static async Task<DemoServer> StartAsync(string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("waqtor-demo-");
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        // Last, so that they win over whatever the environment or the command line says.
        string[] own =
        [
            $"--Waqtor:DataPath={folder.FullName}", $"--Waqtor:AdminKey={key}", "--urls=http://127.0.0.1:0", "--Waqtor:Logging:Level=None",
            "--Waqtor:CreateSandbox=false",
        ];
        try
        {
            var server = await WaqtorServer.BuildAsync([.. settings, .. own]);
            await server.StartAsync();
            return new DemoServer(server, folder, key);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
