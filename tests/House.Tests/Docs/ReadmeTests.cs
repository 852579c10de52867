using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Waqtor.Silo;

namespace Waqtor.House.Tests.Docs;

/// <summary>Runs what README.md tells a newcomer to type, word for word but for ports and the line that starts the server.</summary>
public sealed partial class ReadmeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waqtor-house-");
    private readonly TaskCompletionSource<string> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _gatewayPort = FreePort();
    private WebApplication _server = null!;
    private Process _gateway = null!;

    private string Address => _server.Urls.First()["http://".Length..];

    public async Task InitializeAsync()
    {
        _server = await WaqtorServer.BuildAsync(
            [$"--Waqtor:DataPath={_folder.FullName}/data", "--urls=http://127.0.0.1:0", "--Waqtor:AdminKey=my-own-admin-key", "--Waqtor:Logging:Level=Warning"]);
        await _server.StartAsync();
        _gateway = Bash(Block("node -e").TrimEnd().TrimEnd('&').Replace("9001", _gatewayPort.ToString(), StringComparison.Ordinal), "exec ");
        _gateway.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && text.Contains("/message/sendText/", StringComparison.Ordinal)) _sent.TrySetResult(text);
        };
        _gateway.BeginOutputReadLine();
    }

    public async Task DisposeAsync()
    {
        _gateway.Kill(entireProcessTree: true);
        _gateway.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task MinuteWithCurl_TypedAsWritten_ShowsOneBatchAndOneReply()
    {
        (await RunAsync(Block("/api/instances"))).ShouldContain("\"name\":\"shop\"");
        (await RunAsync(Block("/api/inbound/"))).Split("\"stored\":1").Length.ShouldBe(4, "three deliveries, each stored");

        var reply = await _sent.Task.WaitAsync(Patience);
        var seen = await RunAsync(Block("/batches"));

        reply.ShouldContain("Thank you Sara! We got 3 lines:\\nHello\\nAre you open?\\nI need two cakes");
        seen.ShouldContain("\"reason\":\"due\"");
    }

    // The shell block of the section that holds a word, pointed to the test's own server and gateway.
    private static string Block(string word)
    {
        var readme = Repository.Read("README.md");
        var section = readme[readme.IndexOf("## A minute with curl", StringComparison.Ordinal)..];
        return ShellBlock().Matches(section).Select(match => match.Groups["code"].Value).First(code => code.Contains(word, StringComparison.Ordinal));
    }

    private async Task<string> RunAsync(string block)
    {
        var script = string.Join('\n', block.Split('\n').Where(line => !line.Contains("dotnet run", StringComparison.Ordinal)))
            .Replace("localhost:8080", Address, StringComparison.Ordinal)
            .Replace("127.0.0.1:9001", $"127.0.0.1:{_gatewayPort}", StringComparison.Ordinal);
        using var bash = Bash(script, "export KEY=my-own-admin-key\n");
        var output = await bash.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await bash.WaitForExitAsync().WaitAsync(Patience);
        bash.ExitCode.ShouldBe(0, output);
        return output;
    }

    private static Process Bash(string script, string prefix) => Process.Start(
        new ProcessStartInfo("bash", ["-c", prefix + script]) { RedirectStandardOutput = true })!;

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```sh\n(?<code>[\\s\\S]*?)```")]
    private static partial Regex ShellBlock();
}
