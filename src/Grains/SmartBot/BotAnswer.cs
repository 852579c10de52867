using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>What the bot decided. An empty text: nothing is sent.</summary>
public sealed record BotAnswer
{
    public required ReplyTrace Trace { get; init; }
    public string Text { get; init; } = "";
    public Offer? Offer { get; init; }
    public bool HandOver { get; init; }
    public DataRequest? DataRequest { get; init; }
    public LearnedText? Learn { get; init; }

    /// <summary>The instance has rules or a model: the reply is news. Otherwise it is the plain fallback text.</summary>
    public bool IsNews { get; init; }
}
