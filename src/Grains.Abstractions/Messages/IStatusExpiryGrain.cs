namespace Waqtor.Messages;

/// <summary>
/// Remembers which <see cref="IMessageStatusGrain"/>s have something stored, and asks them to forget it when it is old
/// enough. Key: the shard, from the hash of the status's key.
/// </summary>
[Alias("waqtor.IStatusExpiryGrain")]
public interface IStatusExpiryGrain : IGrainWithIntegerKey
{
    /// <summary>Notes the key of a status; durable when it returns. Noted twice, it is asked twice.</summary>
    /// <param name="key">A <see cref="MessageStatusKey"/> as text.</param>
    [Alias("AddAsync")]
    Task AddAsync(string key);
}
