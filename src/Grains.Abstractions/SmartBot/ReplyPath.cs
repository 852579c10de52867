using System.Text.Json.Serialization;

namespace Waqtor.SmartBot;

/// <summary>Who answered.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReplyPath>))]
public enum ReplyPath
{
    /// <summary>An operator's rule: found by its phrases, or chosen from an offer.</summary>
    Rule = 0,
    /// <summary>Up to three rules to choose from.</summary>
    Menu = 1,
    Ai = 2,
    /// <summary>The instance's fallback text; empty when it has none.</summary>
    Fallback = 3,
    /// <summary>A person takes over; the bot pauses in this conversation.</summary>
    Handover = 4,
    /// <summary>Nothing is sent: the customer opted out, or a reply did not pass the checks.</summary>
    Blocked = 5,
}
