using System.Diagnostics;

namespace Waqtor.Process.Tests.Machine;

/// <summary>Runs a tool of the operating system.</summary>
public static class Command
{
    /// <summary>Null when it worked, else what it wrote or why it could not be started.</summary>
    public static string? Try(string file, params string[] arguments)
    {
        try
        {
            using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(file, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{file}: {errors.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return $"{file}: {missing.Message}";
        }
    }

    public static void Run(string file, params string[] arguments)
    {
        if (Try(file, arguments) is { } failure)
            throw new InvalidOperationException(failure);
    }
}
