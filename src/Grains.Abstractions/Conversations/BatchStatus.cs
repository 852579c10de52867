using System.Text.Json.Serialization;

namespace Waqtor.Conversations;

/// <summary>Where a batch stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<BatchStatus>))]
public enum BatchStatus
{
    /// <summary>Still a buffer: messages may join. Not listed as a batch.</summary>
    Open = 0,
    /// <summary>Ended; waits for its turn, is being answered, or waits for its next attempt.</summary>
    Processing = 1,
    Completed = 2,
    /// <summary>Given up after the last attempt; in the dead-letter list until replayed or discarded.</summary>
    Dead = 3,
    /// <summary>A dead letter that a person threw away.</summary>
    Discarded = 4,
}
