namespace Waqtor.SmartBot;

/// <summary>What a reply is judged against.</summary>
public sealed record OutboundContext
{
    /// <summary>The customer's own phone numbers and those of the business: they may be said. Compared by their last nine digits.</summary>
    public IReadOnlyList<string> KnownPhones { get; init; } = [];

    /// <summary>Operator-written text whose phones, addresses and links are allowed because they stand there (the rule's own reply, business details).</summary>
    public IReadOnlyList<string> TrustedTexts { get; init; } = [];

    /// <summary>Values that must never be said: credentials, keys, the system prompt. Compared without regard to case; shorter than 6 are ignored.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Hosts that may be linked to, with their subdomains. Default empty.</summary>
    public IReadOnlyList<string> LinkHosts { get; init; } = [];

    /// <summary>Whether any link may be sent. Default true: set it false for text that a model wrote.</summary>
    public bool AllowAnyLink { get; init; } = true;

    /// <summary>Characters of a reply. Default 4,096, the limit of a WhatsApp text.</summary>
    public int CharactersMax { get; init; } = 4096;
}
