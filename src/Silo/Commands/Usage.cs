using System.Reflection;

namespace Waqtor.Silo.Commands;

/// <summary>Help and version.</summary>
internal static class Usage
{
    private const string Text = """
        WaQtor, the server behind a business's WhatsApp.

        Usage: waqtor [command] [--Waqtor:Key=value ...]

        Commands
          run            starts the server (default)
          demo           starts a server on a free port, plays two bursts of messages, shows what happened, ends
          check-config   checks the configuration and says what is wrong with it
          config-doc     prints the configuration reference

        Options
          --role ROLE    all (default), silo or api: which part of the product this process is, on a cluster
          --help         this text
          --version      the version

        Settings come from appsettings.json, the environment (Waqtor__DataPath=/srv/waqtor) and the command line
        (--Waqtor:DataPath=/srv/waqtor); the later one wins. docs/operating/configuration.md lists them all.
        """;

    public static string Version { get; } = typeof(Usage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    public static int Print()
    {
        Console.Out.WriteLine(Text);
        return ExitCode.Success;
    }

    public static int PrintVersion()
    {
        Console.Out.WriteLine(Version);
        return ExitCode.Success;
    }

    public static int Refuse(string? error)
    {
        Console.Error.WriteLine(error);
        Console.Error.WriteLine();
        Console.Error.WriteLine(Text);
        return ExitCode.Misused;
    }
}
