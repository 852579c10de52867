namespace Waqtor.Silo.Commands;

/// <summary>The command line: an optional command first, then settings (<c>--Waqtor:Key=value</c>, <c>--urls value</c>).</summary>
public sealed record CommandLine(Command Command, string[] Settings, string? Error = null)
{
    /// <summary>Command words as they are typed, in the order in which help lists them.</summary>
    public static IReadOnlyDictionary<string, Command> Commands { get; } = new Dictionary<string, Command>(StringComparer.Ordinal)
    {
        ["run"] = Command.Run,
        ["demo"] = Command.Demo,
        ["check-config"] = Command.CheckConfig,
        ["config-doc"] = Command.ConfigDoc,
    };

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var rest = arguments.ToList();
        if (rest.Exists(argument => argument is "--help" or "-h" or "-?" or "help")) return new(Command.Help, []);
        if (rest.Exists(argument => argument is "--version")) return new(Command.Version, []);

        var command = Command.Run;
        if (rest.Count > 0 && !rest[0].StartsWith('-') && !rest[0].Contains('=', StringComparison.Ordinal))
        {
            if (!Commands.TryGetValue(rest[0], out command)) return new(Command.Unknown, [], $"Unknown command '{rest[0]}'.");
            rest.RemoveAt(0);
        }

        return FindStray(rest) is { } stray
            ? new(Command.Unknown, [], $"'{stray}' is neither a command nor a setting such as --Waqtor:DataPath=data.")
            : new(command, [.. rest]);
    }

    // A setting is --key=value or --key value; anything else would be ignored in silence by the configuration provider.
    private static string? FindStray(List<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Contains('=', StringComparison.Ordinal)) continue;
            if (!argument.StartsWith("--", StringComparison.Ordinal) || i + 1 >= arguments.Count) return argument;
            i++;
        }

        return null;
    }
}
