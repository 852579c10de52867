using Waqtor.Api.Tests.Hosting;

namespace Waqtor.Api.Tests.Realtime;

/// <summary>A connection that was opened and is not read from.</summary>
internal sealed class StalledClient(params IDisposable[] parts) : IAsyncDisposable
{
    /// <summary>A raw connection on which a test has the say.</summary>
    public static StalledClient Of(RawConnection connection) => new(connection);

    public ValueTask DisposeAsync()
    {
        foreach (var part in parts) part.Dispose();
        return default;
    }
}
