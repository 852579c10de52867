using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Waqtor.SmartBot;

/// <summary>An embedder behind an endpoint that speaks like OpenAI or like Ollama. Vectors come back with length 1.</summary>
internal sealed class EmbeddingEndpoint(EndpointHttp http, EndpointKind kind, string baseUrl, string model, string? apiKey)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int DimensionsMax = 16_384;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var input = values.ToArray();
        var path = kind == EndpointKind.Ollama ? "/api/embed" : "/embeddings";
        using var answer = await http.PostAsync(baseUrl, path, apiKey, new { model, input }, cancellationToken);
        try
        {
            var vectors = kind == EndpointKind.Ollama
                ? answer.RootElement.GetProperty("embeddings").EnumerateArray().Select(Read).ToArray()
                : ReadOpenAi(answer.RootElement, input.Length);
            if (vectors.Length != input.Length || vectors.Any(vector => vector is null)) throw new EndpointException("The endpoint did not answer a vector for each text.");
            return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector!) { ModelId = model }));
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new EndpointException("The endpoint's answer holds no vectors.", exception);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Holds nothing of its own: the connections belong to the factory.
    }

    private static float[]?[] ReadOpenAi(JsonElement answer, int count)
    {
        var vectors = new float[]?[count];
        var position = 0;
        foreach (var item in answer.GetProperty("data").EnumerateArray())
        {
            // The index counts where there is one: order is not promised.
            var index = item.TryGetProperty("index", out var given) ? given.GetInt32() : position;
            if (index < 0 || index >= count) throw new EndpointException("The endpoint answered a vector for no text.");
            vectors[index] = Read(item.GetProperty("embedding"));
            position++;
        }

        return vectors;
    }

    private static float[] Read(JsonElement element)
    {
        if (element.GetArrayLength() is 0 or > DimensionsMax) throw new EndpointException("The endpoint answered a vector of a strange length.");
        var vector = element.EnumerateArray().Select(number => number.GetSingle()).ToArray();
        var norm = Math.Sqrt(vector.Sum(number => (double)number * number));
        if (!(norm > 0) || !double.IsFinite(norm)) throw new EndpointException("The endpoint answered an empty vector.");
        for (var i = 0; i < vector.Length; i++) vector[i] = (float)(vector[i] / norm);
        return vector;
    }
}
