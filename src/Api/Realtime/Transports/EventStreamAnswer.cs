using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>
/// The answer that is an event stream. Clients take any status but 200 for a final no, so a stream that was accepted and
/// cannot be served now is a 200 that says when to come back, and ends.
/// </summary>
internal sealed class EventStreamAnswer(FeedConnections connections, FeedSubscriptions subscriptions, EventStream? stream, FeedSubscription? subscription, int retryMilliseconds)
    : IResult, IContentTypeHttpResult, IStatusCodeHttpResult
{
    public const string MediaType = "text/event-stream";

    public string ContentType => MediaType;

    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        // For proxies that would wait for the end of an answer.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var retry = string.Create(CultureInfo.InvariantCulture, $"retry: {retryMilliseconds}\n\n");
        await response.BodyWriter.WriteAsync(Encoding.ASCII.GetBytes(retry), httpContext.RequestAborted);
        if (stream is null || subscription is null) return;

        await using var gone = httpContext.RequestAborted.UnsafeRegister(static state => ((EventStream)state!).Abort(CloseReason.ClientLeft), stream);
        stream.Say(subscription.Standing);
        subscriptions.Begin(subscription);
        await stream.Completion;
        await connections.CloseAsync(stream);
    }
}
