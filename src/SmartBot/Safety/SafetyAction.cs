namespace Waqtor.SmartBot;

/// <summary>What a finding asks for.</summary>
public enum SafetyAction
{
    /// <summary>Nothing but to be noted; lowers the trust in the text.</summary>
    Tag,

    /// <summary>Hide the span in logs, in the learning queue and towards outside models.</summary>
    Mask,

    /// <summary>A person should take over.</summary>
    HandOver,

    /// <summary>Do not go on: no match, no model, nothing sent but what the check itself asks for.</summary>
    Block,
}
