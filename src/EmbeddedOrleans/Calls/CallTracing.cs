using System.Diagnostics;

namespace EmbeddedOrleans.Calls;

/// <summary>
/// A span per call, child of the caller's. The tags are those of the OpenTelemetry conventions for RPC.
/// </summary>
internal static class CallTracing
{
    private static readonly ActivitySource Source = new("Microsoft.Orleans.Application");

    /// <summary>Begins the span of the call in the turn of the grain.</summary>
    public static void Start(GrainRequest request)
    {
        var caller = request.Span!;
        request.Span = Source.StartActivity(request.Method.ActivityName, ActivityKind.Server, caller.Context);
        if (request.Span is not { } span)
        {
            // Not sampled: what the grain does is still part of the caller's trace.
            Activity.Current = caller;
            return;
        }

        request.OwnsSpan = true;
        span.SetTag("rpc.system", "orleans");
        span.SetTag("rpc.service", request.GetInterfaceName());
        span.SetTag("rpc.method", request.GetMethodName());
    }

    public static void Stop(GrainRequest request, Exception? exception)
    {
        // A request that never started still has its caller's span, which is not ours to end.
        if (!request.OwnsSpan || request.Span is not { } span) return;

        if (exception is not null) span.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
        span.Stop();
    }
}
