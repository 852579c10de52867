using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Waqtor.Grains.Tests.SmartBot;

/// <summary>An embedder that answers a vector of counted letters and remembers what it was asked for.</summary>
internal sealed class CountingEmbedder : HttpMessageHandler
{
    public List<string> Texts { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        var texts = body.RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!).ToList();
        Texts.AddRange(texts);
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = JsonContent.Create(new { data = texts.Select((text, index) => new { index, embedding = Vector(text) }) }),
        };
    }

    private static float[] Vector(string text)
    {
        var vector = new float[32];
        foreach (var letter in text) vector[letter % 32]++;
        return vector;
    }
}
