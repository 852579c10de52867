using System.Diagnostics;
using EmbeddedOrleans.Activations;
using EmbeddedOrleans.Diagnostics;
using EmbeddedOrleans.Hosting;
using EmbeddedOrleans.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace EmbeddedOrleans.Calls;

/// <summary>What all references and activations of one silo share; calls start and end here.</summary>
internal sealed class GrainRuntime
{
    private readonly ResponseTimeouts _timeouts;
    private readonly IOutgoingGrainCallFilter[] _outgoingFilters;
    private readonly bool _tracesCalls;

    public GrainRuntime(
        IServiceProvider services,
        SiloWork work,
        TimeProvider clock,
        GrainClasses classes,
        ResponseTimeouts timeouts,
        EngineLog log,
        EngineMetrics metrics,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<EmbeddedSiloOptions> options)
    {
        Services = services;
        Work = work;
        Clock = clock;
        Classes = classes;
        Log = log;
        Metrics = metrics;
        Collection = collection.Value;
        Messaging = messaging.Value;
        _timeouts = timeouts;
        _tracesCalls = options.Value.TracesCalls;
        Catalog = new Catalog(this);
        IncomingFilters = [.. services.GetServices<IIncomingGrainCallFilter>()];
        _outgoingFilters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
        Observers = new ObserverReferences(this);
        Collector = new ActivationCollector(this);
    }

    public IServiceProvider Services { get; }

    public SiloWork Work { get; }

    public TimeProvider Clock { get; }

    public GrainClasses Classes { get; }

    public Catalog Catalog { get; }

    public ObserverReferences Observers { get; }

    public ActivationCollector Collector { get; }

    public EngineLog Log { get; }

    public EngineMetrics Metrics { get; }

    public GrainCollectionOptions Collection { get; }

    public SiloMessagingOptions Messaging { get; }

    public IIncomingGrainCallFilter[] IncomingFilters { get; }

    /// <summary>Whether clients are still served.</summary>
    public bool AcceptsClients { get; set; } = true;

    /// <summary>Whether the last activation has ended, so that none may begin.</summary>
    public bool HasStopped { get; set; }

    public GrainReference CreateReference(GrainId grainId, Type interfaceType) =>
        ProxyFactory.Of(interfaceType)(this, grainId);

    public Task SendAsync(VoidRequest request)
    {
        if (_outgoingFilters.Length > 0) return SendFilteredAsync(request);

        Send(request);
        return request.IsOneWay ? Task.CompletedTask : request.Answer;
    }

    public Task<TResult> SendAsync<TResult>(ResultRequest<TResult> request)
    {
        if (_outgoingFilters.Length > 0) return SendFilteredAsync(request);

        Send(request);
        return request.Answer;
    }

    /// <summary>A call is over: answered, failed or dropped.</summary>
    public void OnCallEnded(GrainRequest request, Exception? exception)
    {
        ResponseTimeouts.Stop(request);
        if (request.Span is not null) CallTracing.Stop(request, exception);
        request.Cancellation?.Stop();
        if (request.IsOneWay && exception is not null) Log.OneWayCallFailed(exception, request);
        if (!request.IsLocal) Metrics.OnCallEnded(request, exception);
    }

    /// <summary>Breaks the promise of every call that is under way.</summary>
    public void FailOpenCalls() => _timeouts.FailAll(new SiloUnavailableException("The silo died."));

    private void Send(GrainRequest request)
    {
        request.Context = RequestContext.Values;
        request.Source = RuntimeContext.Current;
        if (_tracesCalls) request.Span = Activity.Current;
        if (Metrics.MeasuresCalls) request.StartedAt = Clock.GetTimestamp();
        if (!AcceptsClients && request.Source is null)
        {
            request.Fail(new SiloUnavailableException("The silo is stopping."));
            return;
        }

        if (!request.IsOneWay) _timeouts.Start(request);
        request.Cancellation?.Start();
        Catalog.Dispatch(request);
    }

    private async Task SendFilteredAsync(VoidRequest request)
    {
        var call = new OutgoingCall(request, _outgoingFilters, async () =>
        {
            Send(request);
            if (!request.IsOneWay) await request.Answer;
            return null;
        });
        await call.Invoke();
        if (call.Response?.Exception is { } exception) throw exception;
    }

    private async Task<TResult> SendFilteredAsync<TResult>(ResultRequest<TResult> request)
    {
        var call = new OutgoingCall(request, _outgoingFilters, async () =>
        {
            Send(request);
            return await request.Answer;
        });
        await call.Invoke();
        return call.Response!.GetResult<TResult>();
    }
}
