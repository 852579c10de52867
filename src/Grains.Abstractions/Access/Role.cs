using System.Text.Json.Serialization;

namespace Waqtor.Access;

/// <summary>What a key may do; each role may do what those before it may.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Role>))]
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer = 0,
    /// <summary>Sends, pauses, flushes, replays.</summary>
    Operator = 1,
    /// <summary>Instances, keys, settings.</summary>
    Admin = 2,
}
