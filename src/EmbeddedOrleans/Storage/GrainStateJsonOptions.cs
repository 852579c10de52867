using System.Text.Json;

namespace EmbeddedOrleans.Storage;

/// <summary>How grain state is written as JSON.</summary>
public sealed class GrainStateJsonOptions
{
    /// <summary>Default: <see cref="JsonSerializerDefaults.Web"/>.</summary>
    public JsonSerializerOptions SerializerOptions { get; set; } = new(JsonSerializerDefaults.Web);
}
