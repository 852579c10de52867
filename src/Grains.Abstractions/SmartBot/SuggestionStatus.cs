using System.Text.Json.Serialization;

namespace Waqtor.SmartBot;

/// <summary>What a person decided on a suggestion.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SuggestionStatus>))]
public enum SuggestionStatus
{
    Open = 0,
    Accepted = 1,
    Rejected = 2,
}
