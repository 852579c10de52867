namespace Waqtor.TestKit.Engines;

/// <summary>A timer that ticks when it is told to.</summary>
internal interface IPulsedTimer
{
    void Pulse();
}
