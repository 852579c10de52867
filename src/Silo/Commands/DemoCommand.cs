using Waqtor.Silo.Demo;

namespace Waqtor.Silo.Commands;

/// <summary>Shows the product at work: starts a server of its own, talks to it by HTTP like any client, says what happened and when.</summary>
internal static class DemoCommand
{
    public static async Task<int> ExecuteAsync(string[] settings)
    {
        var output = Console.Out;
        try
        {
            await using var server = await DemoServer.StartAsync(settings);
            using var client = new DemoClient(server.Address, server.AdminKey, TimeProvider.System);
            return await new DemoStory(client, TimeProvider.System, output).PlayAsync(server.Address) ? ExitCode.Success : ExitCode.Failed;
        }
        catch (Exception exception) when (exception is DemoException or HttpRequestException)
        {
            Console.Error.WriteLine($"The demo failed: {exception.Message}");
            return ExitCode.Failed;
        }
        catch (Exception exception) when (StartupFailure.Explain(exception) is { } explained)
        {
            return explained.Print(Console.Error);
        }
    }
}
