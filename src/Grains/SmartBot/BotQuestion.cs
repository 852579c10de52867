using System.Collections.Immutable;
using Waqtor.Instances;
using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>What the bot is asked: a batch, or a text on the bench.</summary>
public sealed record BotQuestion
{
    public required InstanceConfiguration Instance { get; init; }

    /// <summary>Null on the bench, for somebody who never wrote.</summary>
    public string? ConversationId { get; init; }
    public required ContactIdentity Contact { get; init; }

    /// <summary>What was written, one entry a message.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Messages of any kind.</summary>
    public required int MessageCount { get; init; }
    public IReadOnlyCollection<string> MessageIds { get; init; } = [];

    /// <summary>The last choice among the messages, with the provider's id of the message it answers.</summary>
    public InteractiveContent? Choice { get; init; }
    public string? ChoiceOf { get; init; }
    public ImmutableArray<SentOffer> Offers { get; init; } = [];
    public required DateTimeOffset Now { get; init; }

    public string Text => string.Join('\n', Lines);
}
