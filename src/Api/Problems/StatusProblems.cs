namespace Waqtor.Api.Problems;

/// <summary>The problem that stands for a bare status set by the framework.</summary>
internal static class StatusProblems
{
    public static Problem For(int status) => status switch
    {
        401 => new(status, ProblemCode.Unauthorized, "A valid API key is needed."),
        403 => new(status, ProblemCode.Forbidden, "This key may not do that."),
        404 => new(status, ProblemCode.NotFound, "There is nothing here."),
        405 => new(status, ProblemCode.MethodNotAllowed, "This method is not allowed here."),
        408 => new(status, ProblemCode.RequestTimeout, "The request came too slowly."),
        413 => new(status, ProblemCode.BodyTooLarge, "The body is too large."),
        415 => new(status, ProblemCode.UnsupportedMediaType, "The body must be application/json."),
        429 => new(status, ProblemCode.RateLimited, "Too many requests.") { RetryAfterSeconds = 1 },
        503 => Problem.StoreUnavailable(),
        >= 500 => new(status, ProblemCode.Internal, "Something went wrong here."),
        _ => new(status, ProblemCode.BadRequest, "The request cannot be understood."),
    };
}
