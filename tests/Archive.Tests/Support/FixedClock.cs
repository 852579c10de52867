namespace Waqtor.Archive.Tests;

/// <summary>A clock that stands still.</summary>
public sealed class FixedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Sample.Start;
}
