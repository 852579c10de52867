namespace Waqtor.Simulation.Scenarios;

/// <summary>What people do.</summary>
internal enum ActionKind
{
    Write,
    SendText,
    Pause,
    Resume,
    Flush,
    MarkRead,
    Replay,
    Discard,
    Crash,
    Restart,
    MoveGrain,
    ClockForward,
    ClockBack,
}
