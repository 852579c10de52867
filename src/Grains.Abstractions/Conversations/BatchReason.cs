using System.Text.Json.Serialization;

namespace Waqtor.Conversations;

/// <summary>What ended the burst.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<BatchReason>))]
public enum BatchReason
{
    /// <summary>The time since the first message was up.</summary>
    Due = 0,
    /// <summary>The burst was full.</summary>
    Count = 1,
    /// <summary>A person asked for it, or gave back to the bot: what came before is not answered with what comes after.</summary>
    Manual = 2,
    /// <summary>Buffering is switched off.</summary>
    Direct = 3,
}
