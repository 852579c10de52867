namespace Waqtor.SmartBot;

/// <summary>What should happen with a text.</summary>
public enum MatchDecision
{
    /// <summary>No rule: it goes on to the AI, the fallback or a person.</summary>
    Pass,

    /// <summary>It may mean one of several: offer the top ones to choose from.</summary>
    Menu,

    /// <summary>The first rule answers.</summary>
    Answer,
}
