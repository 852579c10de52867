using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>A rule's reply with buttons or a list. The text is a template; the offer is sent as it stands.</summary>
[GenerateSerializer, Immutable, Alias("waqtor.interactive-reply")]
public sealed record InteractiveReply(
    [property: Id(0)] string Text,
    /// <summary>Within <see cref="OfferLimits"/>. An option whose id is a rule's id is answered by that rule.</summary>
    [property: Id(1)] Offer Offer);
