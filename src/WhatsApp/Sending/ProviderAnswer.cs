using System.Net;

namespace Waqtor.WhatsApp;

/// <summary>How an exchange with a provider ended.</summary>
/// <param name="Status">Null: there was no answer.</param>
/// <param name="Body">Null: it could not be read whole, or was too long.</param>
/// <param name="RetryAfter">How long the provider asked to wait.</param>
/// <param name="FailureCode">Why there was no answer.</param>
/// <param name="MayHaveBeenSent">There was no answer, but the request had begun to leave.</param>
internal readonly record struct ProviderAnswer(
    HttpStatusCode? Status,
    ReadOnlyMemory<byte>? Body = null,
    TimeSpan? RetryAfter = null,
    string? FailureCode = null,
    bool MayHaveBeenSent = false);
