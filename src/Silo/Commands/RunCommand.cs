using Waqtor.Silo.Access;
using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Commands;

/// <summary>Runs the server until it is told to stop.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(string[] settings)
    {
        // Disposed of after the server: putting it away is part of the stop.
        using var guard = new StopGuard(TimeProvider.System, EndAtOnce);
        try
        {
            await using var server = await WaqtorServer.BuildAsync(settings);
            guard.Watch(TimeSpan.FromSeconds(server.Services.GetRequiredService<SiloOptions>().StopTimeoutSeconds), server.Lifetime.ApplicationStopping);
            await server.StartAsync();
            Banner.Print(server);
            await server.WaitForShutdownAsync();
            return ExitCode.Success;
        }
        catch (Exception exception)
        {
            if (StartupFailure.Explain(exception) is { } explained) return explained.Print(Console.Error);
            Console.Error.WriteLine($"WaQtor ended by an unexpected error: {exception}");
            return ExitCode.Failed;
        }
    }

    private static void EndAtOnce()
    {
        Console.Error.WriteLine("WaQtor did not stop within Waqtor:StopTimeoutSeconds and ends as if it was killed; what was acknowledged is kept.");
        Environment.Exit(ExitCode.Failed);
    }
}
