namespace Waqtor.SmartBot;

/// <summary>Which inbound checks run and with which words; a tenant's choice.</summary>
public sealed record InboundPolicy
{
    public static InboundPolicy Default { get; } = new();

    /// <summary>Names of checks that are switched off. Default none.</summary>
    public IReadOnlyCollection<string> Disabled { get; init; } = [];

    /// <summary>Further whole messages that opt out. Default none.</summary>
    public IReadOnlyCollection<string> OptOutWords { get; init; } = [];

    /// <summary>Further whole messages that opt in. Default none.</summary>
    public IReadOnlyCollection<string> OptInWords { get; init; } = [];

    /// <summary>Further words of abuse, matched as whole words. Default none.</summary>
    public IReadOnlyCollection<string> AbuseWords { get; init; } = [];

    /// <summary>Characters of a message before it is tagged <c>too_long</c>. Default 4,096.</summary>
    public int CharactersMax { get; init; } = TextNormalizer.CharactersMax;
}
