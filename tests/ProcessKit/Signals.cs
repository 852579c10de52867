using System.Runtime.InteropServices;

namespace Waqtor.ProcessKit;

/// <summary>The signals that <see cref="System.Diagnostics.Process"/> cannot send.</summary>
public static partial class Signals
{
    // Numbers of Linux on every architecture .NET runs on.
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>Asks politely: <c>SIGTERM</c>.</summary>
    public static void AskToStop(int processId) => Send(processId, Terminate);

    /// <summary>Takes the processor away: <c>SIGSTOP</c>.</summary>
    public static void Freeze(int processId) => Send(processId, Stop);

    /// <summary>Gives it back: <c>SIGCONT</c>.</summary>
    public static void Thaw(int processId) => Send(processId, Continue);

    private static void Send(int processId, int signal)
    {
        if (Kill(processId, signal) != 0)
            throw new InvalidOperationException($"kill({processId}, {signal}) failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
