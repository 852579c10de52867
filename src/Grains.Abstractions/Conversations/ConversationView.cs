using System.Collections.Immutable;

namespace Waqtor.Conversations;

/// <summary>A conversation as its grain knows it now: ahead of the archive by what is still on its way.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.conversation-view")]
public sealed record ConversationView
{
    [Id(0)] public required string InstanceId { get; init; }
    [Id(1)] public required ConversationRecord Conversation { get; init; }
    /// <summary>The open buffer, if any.</summary>
    [Id(2)] public BatchRecord? Buffer { get; init; }
    /// <summary>Batches that wait, run or are dead, oldest first.</summary>
    [Id(3)] public ImmutableArray<BatchRecord> Batches { get; init; } = [];
    /// <summary>Messages waiting to be sent.</summary>
    [Id(4)] public int PendingSends { get; init; }
}
