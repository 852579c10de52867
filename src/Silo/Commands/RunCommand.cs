using Microsoft.AspNetCore.Connections;
using Waqtor.Archive;
using Waqtor.Silo.Access;

namespace Waqtor.Silo.Commands;

/// <summary>Runs the server until it is told to stop.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(string[] settings)
    {
        try
        {
            await using var server = await WaqtorServer.BuildAsync(settings);
            await server.StartAsync();
            Banner.Print(server);
            await server.WaitForShutdownAsync();
            return ExitCode.Success;
        }
        catch (StartupException exception)
        {
            return exception.Print(Console.Error);
        }
        catch (Exception exception) when (exception is ArchiveSettingsException or ArchiveSchemaException)
        {
            return new StartupException(exception.Message).Print(Console.Error);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return new StartupException($"{exception.Message} Stop the other program or set Waqtor:Urls.").Print(Console.Error);
        }
        catch (Exception exception)
        {
            Console.Error.WriteLine($"WaQtor ended by an unexpected error: {exception}");
            return ExitCode.Failed;
        }
    }
}
