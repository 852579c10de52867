using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor;

/// <summary>
/// How grain state is written: JSON in camelCase, without nulls, text as it is (Arabic is not escaped). Both engines use
/// these options, so that a store can be moved from one to the other. The state on the way of every message has
/// generated code; the rest is written by reflection.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConversationState))]
[JsonSerializable(typeof(MessageStatusState))]
public sealed partial class GrainStateJson : JsonSerializerContext
{
    /// <summary>The options for the grain stores of every engine.</summary>
    public static JsonSerializerOptions StoreOptions { get; } = CreateOptions(Encoder);

    /// <summary>
    /// The same for a writer that has the <see cref="Encoder"/> itself. Only options without one let the serializer use the
    /// generated writing code.
    /// </summary>
    public static JsonSerializerOptions WriterOptions { get; } = CreateOptions(null);

    /// <summary>Text as it is.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static JsonSerializerOptions CreateOptions(JavaScriptEncoder? encoder)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = encoder,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(new GrainStateJson(), new DefaultJsonTypeInfoResolver()),
        };
        options.MakeReadOnly();
        return options;
    }
}
