using System.Text.Json.Serialization;

namespace Waqtor.Instances;

/// <summary>Whether an instance can send and receive.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SessionStatus>))]
public enum SessionStatus
{
    [JsonStringEnumMemberName("connecting")] Connecting = 0,
    [JsonStringEnumMemberName("ready")] Ready = 1,
    [JsonStringEnumMemberName("disconnected")] Disconnected = 2,
    [JsonStringEnumMemberName("auth_failure")] AuthFailure = 3,
}
