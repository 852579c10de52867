namespace Waqtor.Silo.Commands;

/// <summary>How the program ends.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>Could not start, or what was asked for failed; the reason is on standard error.</summary>
    public const int Failed = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Misused = 2;
}
