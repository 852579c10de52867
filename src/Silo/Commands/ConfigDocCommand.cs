using Waqtor.Silo.Configuration;

namespace Waqtor.Silo.Commands;

/// <summary>Prints the configuration reference: <c>docs/operating/configuration.md</c>.</summary>
internal static class ConfigDocCommand
{
    public static int Execute()
    {
        Console.Out.Write(ConfigurationReference.Print());
        return ExitCode.Success;
    }
}
