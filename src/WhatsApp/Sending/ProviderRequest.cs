namespace Waqtor.WhatsApp;

/// <summary>What is to be posted, or why it cannot be.</summary>
internal readonly record struct ProviderRequest
{
    public Uri? Address { get; private init; }
    public JsonBody? Body { get; private init; }
    public (string Name, string Value)[] Headers { get; private init; }
    public string? Problem { get; private init; }

    /// <summary>Header values with characters that no credential has are a problem, told without showing them.</summary>
    public static ProviderRequest Post(string baseUrl, string path, JsonBody body, params (string Name, string? Value)[] headers)
    {
        if (!Uri.TryCreate(baseUrl.TrimEnd('/') + path, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            return Impossible("The instance's baseUrl is not an http or https address.");
        var given = headers.Where(header => !string.IsNullOrEmpty(header.Value)).Select(header => (header.Name, header.Value!)).ToArray();
        if (given.Any(header => header.Item2.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0))
            return Impossible("A credential of the instance holds characters that cannot be sent in a header.");
        return new ProviderRequest { Address = address, Body = body, Headers = given };
    }

    public static ProviderRequest Impossible(string problem) => new() { Problem = problem, Headers = [] };
}
