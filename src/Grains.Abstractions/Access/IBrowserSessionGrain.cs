namespace Waqtor.Access;

/// <summary>A session of a browser, which stands for the API key that opened it. Key: SHA-256 of the cookie's token in lower-case hex.</summary>
[Alias("waqtor.IBrowserSessionGrain")]
public interface IBrowserSessionGrain : IGrainWithStringKey
{
    [Alias("OpenAsync")]
    Task OpenAsync(BrowserSession session);

    /// <summary>Null: unknown, closed or over.</summary>
    [Alias("GetAsync")]
    Task<BrowserSession?> GetAsync();

    /// <summary>Ends it; nothing happens where there is none.</summary>
    [Alias("CloseAsync")]
    Task CloseAsync();
}
