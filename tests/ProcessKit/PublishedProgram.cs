using System.Diagnostics;

namespace Waqtor.ProcessKit;

/// <summary>
/// The program as a user gets it: <c>dotnet publish</c> in Release, done once per run. <c>WAQTOR_PROGRAM</c> names a
/// folder that holds one already.
/// </summary>
public static class PublishedProgram
{
    private static readonly Lazy<Task<string>> Assembly = new(PublishAsync);

    /// <summary>Path of <c>waqtor.dll</c>.</summary>
    public static Task<string> PathAsync() => Assembly.Value;

    /// <summary>Publishes any project of the repository into <c>artifacts/process</c>; answers the folder.</summary>
    public static async Task<string> PublishAsync(string project, string name)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "process", name);
        var publish = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "publish", project, "-c", "Release", "-o", folder, "-nologo", "-v", "quiet" },
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A build node that lives on would hold our pipes open.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        // Variables of the test host would lead the build to the test host's own SDK settings.
        foreach (var variable in publish.Environment.Keys.Where(key => key.StartsWith("MSBuild", StringComparison.Ordinal)).ToList())
            publish.Environment.Remove(variable);
        using var process = Process.Start(publish)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? folder
            : throw new InvalidOperationException($"dotnet publish {project} failed:{Environment.NewLine}{await output}{await errors}");
    }

    private static async Task<string> PublishAsync()
    {
        var folder = Environment.GetEnvironmentVariable("WAQTOR_PROGRAM") is { Length: > 0 } given
            ? given
            : await PublishAsync("src/Silo", "waqtor");
        return Path.Combine(folder, "waqtor.dll");
    }
}
