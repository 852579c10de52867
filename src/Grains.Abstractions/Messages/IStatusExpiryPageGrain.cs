namespace Waqtor.Messages;

/// <summary>
/// Keeps for <see cref="IStatusExpiryGrain"/>, the only caller, one full page of keys until they are old. Key:
/// <see cref="StatusExpiryPageKey"/>.
/// </summary>
[Alias("waqtor.IStatusExpiryPageGrain")]
public interface IStatusExpiryPageGrain : IGrainWithStringKey
{
    /// <summary>Durable when the call returns; takes the place of what was kept.</summary>
    [Alias("KeepAsync")]
    Task KeepAsync(StatusExpiryPage page);

    /// <summary>What was kept last; null when nothing is.</summary>
    [Alias("ReadAsync")]
    Task<StatusExpiryPage?> ReadAsync();

    /// <summary>Nothing is stored any more. Idempotent.</summary>
    [Alias("ClearAsync")]
    Task ClearAsync();
}
