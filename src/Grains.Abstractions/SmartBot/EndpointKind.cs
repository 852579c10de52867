using System.Text.Json.Serialization;

namespace Waqtor.SmartBot;

/// <summary>What an endpoint of a model speaks.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EndpointKind>))]
public enum EndpointKind
{
    /// <summary><c>POST {baseUrl}/chat/completions</c> and <c>POST {baseUrl}/embeddings</c>: OpenAI and what speaks like it.</summary>
    OpenAi = 0,
    /// <summary><c>POST {baseUrl}/api/chat</c> and <c>POST {baseUrl}/api/embed</c>.</summary>
    Ollama = 1,
}
