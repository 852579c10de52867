using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Waqtor.SmartBot;

/// <summary>A chat model behind an endpoint that speaks like OpenAI or like Ollama. Whole answers only.</summary>
internal sealed class ChatEndpoint(EndpointHttp http, EndpointKind kind, string baseUrl, string model, string? apiKey) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var body = new
        {
            model,
            messages = messages.Select(message => new { role = message.Role.Value, content = message.Text }).ToArray(),
            stream = false,
        };
        using var answer = await http.PostAsync(baseUrl, kind == EndpointKind.Ollama ? "/api/chat" : "/chat/completions", apiKey, body, cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, ReadText(answer.RootElement)));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing of its own: the connections belong to the factory.
    }

    private string ReadText(JsonElement answer)
    {
        var message = kind == EndpointKind.Ollama
            ? Member(answer, "message")
            : Member(answer, "choices") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0 ? Member(choices[0], "message") : default;
        return Member(message, "content") is { ValueKind: JsonValueKind.String } content
            ? content.GetString()!
            : throw new EndpointException("The endpoint's answer holds no text.");
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;
}
