using Microsoft.AspNetCore.Http;

namespace Waqtor.Api.Problems;

/// <summary>A refusal, as RFC 9457 problem details with a stable code.</summary>
public sealed class Problem(int status, string code, string title) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public const string MediaType = "application/problem+json";
    public const string TypeBase = "https://waqtor.dev/problems/";

    public int Status { get; } = status;
    public string Code { get; } = code;
    public string Title { get; } = title;
    public string? Detail { get; init; }

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Sets <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;
    string? IContentTypeHttpResult.ContentType => MediaType;

    public Task ExecuteAsync(HttpContext httpContext) => ProblemWriter.WriteAsync(httpContext, this);

    public static Problem NotFound(string what) => new(404, ProblemCode.NotFound, $"There is no such {what}.");

    public static Problem Conflict(string code, string title) => new(409, code, title);

    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(400, ProblemCode.Validation, "The request is not valid.") { Errors = errors };

    public static Problem Invalid(string field, string error) =>
        Invalid(new Dictionary<string, string[]> { [field] = [error] });

    public static Problem StoreUnavailable() =>
        new(503, ProblemCode.StoreUnavailable, "The store does not answer. Try again.") { RetryAfterSeconds = 1 };

    public static Problem Overloaded() =>
        new(503, ProblemCode.Overloaded, "Too much is in hand. Try again.") { RetryAfterSeconds = 1 };
}
