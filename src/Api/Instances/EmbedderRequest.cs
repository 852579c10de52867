namespace Waqtor.Api.Instances;

/// <param name="Kind"><c>openAi</c> (and what speaks like it) or <c>ollama</c>.</param>
/// <param name="BaseUrl">Absolute http or https address; empty takes the embedder away.</param>
/// <param name="Model">Its name at the endpoint.</param>
public sealed record EmbedderRequest(string? Kind, string? BaseUrl, string? Model);
