using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waqtor.Api.Problems;

/// <summary>The one place where exceptions and bare error statuses become problem details.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception);
            return;
        }

        var response = context.Response;
        if (response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null } && !IsPage(context))
        {
            var bound = response.StatusCode == StatusCodes.Status400BadRequest ? BindingProblems.For(context) : null;
            await ProblemWriter.WriteAsync(context, bound ?? StatusProblems.For(response.StatusCode));
        }
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return Task.CompletedTask;
        }

        var bound = exception is BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: null } ? BindingProblems.For(context) : null;
        var problem = bound ?? ExceptionProblems.For(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError) LogUnexpected(exception);
        else if (problem.Status == StatusCodes.Status503ServiceUnavailable) LogStoreUnavailable(exception.GetType().Name, exception.Message);
        var headers = context.Response.Headers;
        context.Response.Clear();
        headers.XContentTypeOptions = "nosniff";
        return ProblemWriter.WriteAsync(context, problem);
    }

    // What lies outside the API is for browsers, which show their own pages.
    private static bool IsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/openapi");
}
