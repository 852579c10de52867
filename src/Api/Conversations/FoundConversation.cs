using Waqtor.Conversations;

namespace Waqtor.Api.Conversations;

/// <summary>A conversation the caller may see; <paramref name="View"/> null: only the archive still has it.</summary>
internal sealed record FoundConversation(string Id, ConversationRecord Record, ConversationView? View, IConversationGrain Grain);
