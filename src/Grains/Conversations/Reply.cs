using Waqtor.Messages;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <summary>What a batch is answered with. <see cref="Text"/> null: nothing is sent.</summary>
public sealed record Reply(string? Text, string Outcome)
{
    public Offer? Offer { get; init; }
    public ReplyTrace? Trace { get; init; }
    /// <summary>A person takes over.</summary>
    public bool HandOver { get; init; }
    public int? HandOverMinutes { get; init; }
    public DataRequest? DataRequest { get; init; }
    /// <summary>Rules were asked: the reply is told as an event of its own.</summary>
    public bool IsNews { get; init; }
    /// <summary>A text that the rules should learn from; null: none.</summary>
    public LearnedText? Learn { get; init; }
}
