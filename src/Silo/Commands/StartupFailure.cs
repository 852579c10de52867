using Microsoft.AspNetCore.Connections;
using Orleans.Runtime;
using Waqtor.Archive;

namespace Waqtor.Silo.Commands;

/// <summary>Tells a start that an operator can mend from one that nobody foresaw, which is shown with its stack trace.</summary>
internal static class StartupFailure
{
    /// <summary>What to say; null: not foreseen.</summary>
    public static StartupException? Explain(Exception exception) => exception switch
    {
        StartupException told => told,
        // What they say names the key or the file, and what to do.
        ArchiveSettingsException or ArchiveSchemaException or OrleansConfigurationException => new StartupException(exception.Message),
        IOException { InnerException: AddressInUseException } => new StartupException($"{exception.Message} Stop the other program or set Waqtor:Urls."),
        _ => null,
    };
}
