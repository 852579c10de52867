using System.Collections.Immutable;

namespace Waqtor.Conversations;

/// <summary>
/// One conversation: takes messages in, buffers a burst, has it answered once, and sends what is to be sent, in order.
/// Every call is durable when it returns. Key: <see cref="ConversationKey"/>.
/// </summary>
[Alias("waqtor.IConversationGrain")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>Stores messages of a delivery. Idempotent by provider message id for at least 8 days.</summary>
    [Alias("ReceiveAsync")]
    Task<ReceiveResult> ReceiveAsync(ReceiveMessages command);

    /// <summary>
    /// Stores deliveries that have waited, oldest first, in one write: as if each had come at its time, so that a burst that waited is still
    /// one burst. One answer each, or a single one that says where the contact moved to.
    /// </summary>
    [Alias("ReceiveManyAsync")]
    Task<ImmutableArray<ReceiveResult>> ReceiveManyAsync(ImmutableArray<ReceiveMessages> commands);

    /// <summary>Accepts a text to send.</summary>
    [Alias("SendTextAsync")]
    Task<SendTextResult> SendTextAsync(SendTextCommand command);

    /// <summary>A worker's result for an attempt; late, repeated or foreign ones are ignored.</summary>
    [Alias("CompleteReplyAsync")]
    Task CompleteReplyAsync(ReplyResult result);

    /// <summary>The instance's queue gives this message its turn. Ignored when the message no longer waits.</summary>
    [Alias("BeginSendAsync")]
    Task BeginSendAsync(string messageId);

    /// <summary>A sender's result for an attempt; late, repeated or foreign ones are ignored.</summary>
    [Alias("CompleteSendAsync")]
    Task CompleteSendAsync(SendResult result);

    /// <summary>A status or an echo proves that a message whose answer was lost did go out.</summary>
    [Alias("SettleSendAsync")]
    Task SettleSendAsync(string messageId, string providerMessageId);

    /// <summary>A person takes over; <paramref name="until"/> null means until resumed. False: unknown conversation.</summary>
    [Alias("PauseAsync")]
    Task<bool> PauseAsync(DateTimeOffset? until);

    /// <summary>Hands back to the bot. Messages that came during the pause are not answered. False: unknown conversation.</summary>
    [Alias("ResumeAsync")]
    Task<bool> ResumeAsync();

    /// <summary>Ends the open buffer now. Null: unknown conversation; otherwise the batch's id, or empty when nothing was open.</summary>
    [Alias("FlushAsync")]
    Task<string?> FlushAsync();

    /// <summary>Sets unread to 0. False: unknown conversation.</summary>
    [Alias("MarkReadAsync")]
    Task<bool> MarkReadAsync();

    /// <summary>Null: unknown conversation.</summary>
    [Alias("GetAsync")]
    Task<ConversationView?> GetAsync();

    /// <summary>Queues a dead batch again, with fresh attempts. False: it is not dead here.</summary>
    [Alias("ReplayAsync")]
    Task<bool> ReplayAsync(string batchId);

    /// <summary>Throws a dead batch away; its messages stay. False: it is not dead here.</summary>
    [Alias("DiscardAsync")]
    Task<bool> DiscardAsync(string batchId);

    /// <summary>Looks whether something due was left lying, and goes on with it. True: it was.</summary>
    [Alias("RedriveAsync")]
    Task<bool> RedriveAsync();

    /// <summary>
    /// This conversation and another are of the same contact: one counts from now on, has taken over what the other must not forget, and
    /// gets all that comes for the other. The one with messages counts; when both have some, or neither has, the preferred one. Asked of the
    /// one with the lower id only (<see cref="ConversationJoins"/>), because it calls the other within its turn.
    /// </summary>
    [Alias("JoinAsync")]
    Task<JoinResult> JoinAsync(string conversationId, bool isOtherPreferred);

    /// <summary>The other side of <see cref="JoinAsync"/>. Never calls further.</summary>
    [Alias("AnswerJoinAsync")]
    Task<JoinAnswer> AnswerJoinAsync(JoinQuestion question);

    /// <summary>
    /// How nodes of an earlier version join: this id and <paramref name="conversationId"/> are the same contact, and the other is preferred.
    /// Answers the conversation that counts.
    /// </summary>
    [Alias("MoveToAsync")]
    Task<string> MoveToAsync(string conversationId);

    /// <summary>
    /// Null only asks where the contact lives; otherwise, for nodes of an earlier version, a conversation without messages gives way and
    /// sends callers there from now on. Never calls further.
    /// </summary>
    [Alias("GiveWayAsync")]
    Task<string> GiveWayAsync(string? conversationId);
}
