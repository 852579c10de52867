namespace Waqtor.Silo.Commands;

/// <summary>What the program can be told to do.</summary>
public enum Command
{
    /// <summary>Not understood; <see cref="CommandLine.Error"/> says why.</summary>
    Unknown,
    Run,
    Demo,
    CheckConfig,
    ConfigDoc,
    Help,
    Version,
}
