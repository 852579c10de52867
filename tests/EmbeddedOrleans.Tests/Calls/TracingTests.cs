using System.Diagnostics;
using Orleans.Hosting;

namespace EmbeddedOrleans.Tests.Calls;

public sealed class TracingTests : ClusterTest
{
    // The spans have other names there.
    [Fact, Trait("Engine", "Embedded")]
    public async Task Call_WithinASpan_IsItsChild()
    {
        using var source = new ActivitySource(nameof(TracingTests));
        List<Activity> stopped = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == source.Name || s.Name == "Microsoft.Orleans.Application",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = source.StartActivity("parent")!;
        listener.ActivityStopped = span =>
        {
            if (span.TraceId == parent.TraceId) lock (stopped) stopped.Add(span);
        };

        await Grain<IOuterGrain>().CallAsync("inner");
        await Cluster.WhenIdleAsync();

        var outer = stopped.Single(s => s.OperationName == "IOuterGrain/CallAsync");
        var inner = stopped.Single(s => s.OperationName == "ICallGrain/AddAsync");
        outer.ParentSpanId.ShouldBe(parent.SpanId);
        inner.ParentSpanId.ShouldBe(outer.SpanId);
        Activity.Current.ShouldBe(parent);
    }

    protected override void Configure(ISiloBuilder silo) => silo.AddActivityPropagation();

    internal interface IOuterGrain : IGrainWithStringKey
    {
        Task<int> CallAsync(string key);
    }

    internal sealed class OuterGrain : Grain, IOuterGrain
    {
        public Task<int> CallAsync(string key) => GrainFactory.GetGrain<ICallGrain>(key).AddAsync(1, 1);
    }
}
