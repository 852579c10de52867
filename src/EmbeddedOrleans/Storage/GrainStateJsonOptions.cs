using System.Text.Encodings.Web;
using System.Text.Json;

namespace EmbeddedOrleans.Storage;

/// <summary>How grain state is written as JSON.</summary>
public sealed class GrainStateJsonOptions
{
    /// <summary>Default: <see cref="JsonSerializerDefaults.Web"/>.</summary>
    public JsonSerializerOptions SerializerOptions { get; set; } = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// What is escaped. Default: as <see cref="SerializerOptions"/> say. Set here instead of there, it leaves the serializer
    /// free to write by generated code, which it does only for options without an encoder.
    /// </summary>
    public JavaScriptEncoder? Encoder { get; set; }
}
