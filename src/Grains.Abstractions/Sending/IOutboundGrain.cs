using Orleans.Concurrency;

namespace Waqtor.Sending;

/// <summary>
/// The outbound queue of one instance: who is next, and how fast (persons, then bot, then campaigns; limits per
/// number, per contact and per day). Its entries are durable in their conversations, which ask again after a
/// restart, so the queue itself is an order in memory. Key: the instance's id.
/// </summary>
[Alias("waqtor.IOutboundGrain")]
public interface IOutboundGrain : IGrainWithStringKey
{
    /// <summary>Asks for a turn; <see cref="Conversations.IConversationGrain.BeginSendAsync"/> is the answer. Idempotent.</summary>
    [Alias("RequestTurnAsync")]
    Task RequestTurnAsync(SendTicket ticket);

    /// <summary>The send that had its turn ended; a wait for everybody may follow from its error.</summary>
    [Alias("EndTurnAsync")]
    Task EndTurnAsync(string conversationId, string messageId, TimeSpan? pauseInstanceFor);

    /// <summary>
    /// Sets the instance's <see cref="Instances.InstanceSettings.ContactsPerDay"/>, 0: none. An older <paramref name="version"/> of the
    /// instance than the last one changes nothing.
    /// </summary>
    [Alias("LimitContactsAsync")]
    Task LimitContactsAsync(int contactsPerDay, long version);

    /// <summary>
    /// New messages came in on the number, where the platform counts both ways together (Cloud API). What is lost of it only
    /// makes the limit softer.
    /// </summary>
    [Alias("CountInboundAsync"), OneWay]
    Task CountInboundAsync(int messages);

    [Alias("GetStatsAsync")]
    Task<OutboundStats> GetStatsAsync();
}
