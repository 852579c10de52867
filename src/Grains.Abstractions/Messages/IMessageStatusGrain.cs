namespace Waqtor.Messages;

/// <summary>
/// What the provider said of one sent message, by its provider id. Statuses may come before the send's own answer:
/// they are kept until <see cref="LinkAsync"/> says whose they are. Key: <see cref="MessageStatusKey"/>.
/// </summary>
[Alias("waqtor.IMessageStatusGrain")]
public interface IMessageStatusGrain : IGrainWithStringKey
{
    /// <summary>Keeps a status; durable when it returns. A status that does not rise is kept in the history only.</summary>
    [Alias("ApplyAsync")]
    Task ApplyAsync(string instance, StatusUpdate update);

    /// <summary>Says which message this provider id belongs to; statuses that came earlier are applied to it. Idempotent.</summary>
    [Alias("LinkAsync")]
    Task LinkAsync(MessageRecord message);

    /// <summary>
    /// Forgets all when the last change is as long ago as statuses are kept (<c>Waqtor:Messages:StatusDays</c>) and nothing
    /// is under way. False: there is something yet, so this is to be asked again.
    /// </summary>
    [Alias("ExpireAsync")]
    Task<bool> ExpireAsync();
}
