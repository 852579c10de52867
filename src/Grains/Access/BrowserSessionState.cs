namespace Waqtor.Access;

/// <summary>What <see cref="BrowserSessionGrain"/> stores.</summary>
[GenerateSerializer, Alias("waqtor.browser-session-state")]
public sealed class BrowserSessionState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>Null: there is no session.</summary>
    [Id(1)] public BrowserSession? Session { get; set; }
}
