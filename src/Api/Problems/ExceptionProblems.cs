using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orleans.Runtime;
using Waqtor.Archive;

namespace Waqtor.Api.Problems;

/// <summary>The problem that an exception becomes. What is not named here is our fault: an empty 500.</summary>
internal static class ExceptionProblems
{
    public static Problem For(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => Json(json),
        BadHttpRequestException { StatusCode: 400 } bad => new(400, ProblemCode.BadRequest, "The request cannot be understood.")
        {
            Detail = Describe(bad),
        },
        BadHttpRequestException bad => StatusProblems.For(bad.StatusCode),
        JsonException json => Json(json),
        // The archive's word for a cursor of another list.
        ArgumentException { ParamName: "cursor" } => Problem.Invalid("cursor", "The cursor does not belong to this list."),
        // Written for people, with the option's key in it.
        LimitExceededException limit => new(409, ProblemCode.LimitReached, "A limit of this server is reached.") { Detail = limit.Message },
        ArchiveBusyException => Problem.Overloaded(),
        _ when StoreFailure.Is(exception) => Problem.StoreUnavailable(),
        _ => StatusProblems.For(500),
    };

    // The path names the field; the text of System.Text.Json names types of ours and is left out.
    private static Problem Json(JsonException exception)
    {
        // A text that is no JSON has the reader's own exception within; its path says where it broke off, not which field is wrong.
        var field = exception.InnerException is not JsonException && exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        return new(400, field is null ? ProblemCode.InvalidJson : ProblemCode.Validation, "The JSON of the body cannot be read.")
        {
            Errors = field is null ? null : new Dictionary<string, string[]> { [field] = ["The value has the wrong form."] },
        };
    }

    // Kestrel's and the binder's own words are written for clients, with the parameter's name in them.
    private static string? Describe(BadHttpRequestException exception) =>
        exception.Message.StartsWith("Failed to bind", StringComparison.Ordinal)
        || exception.Message.StartsWith("Required parameter", StringComparison.Ordinal)
            ? exception.Message
            : null;
}
