using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Deliveries;
using Waqtor.Events;

namespace Waqtor.Api.Inbound;

/// <summary>
/// Tells the archive what became of deliveries. Best effort: it never holds an acknowledgement up, and when the archive
/// is behind, traces are dropped and counted. What had to be kept raw is not told here but by its own grain.
/// </summary>
internal sealed partial class DeliveryTraces : BackgroundService
{
    private const int GroupMax = 256;

    private readonly IGrainFactory _grains;
    private readonly IIdSource _ids;
    private readonly IngestMetrics _metrics;
    private readonly ILogger<DeliveryTraces> _logger;
    private readonly Channel<Trace> _traces;

    public DeliveryTraces(IGrainFactory grains, IIdSource ids, IngestMetrics metrics, IOptions<IngestOptions> options, ILogger<DeliveryTraces> logger)
    {
        _grains = grains;
        _ids = ids;
        _metrics = metrics;
        _logger = logger;
        _traces = Channel.CreateBounded<Trace>(new BoundedChannelOptions(options.Value.TracesMax) { SingleReader = true });
    }

    private readonly record struct Trace(Delivery Delivery, DeliveryPlan? Plan, DeliveryOutcome Outcome, string? Reason, TimeSpan Duration);

    public void Add(Delivery delivery, DeliveryPlan? plan, DeliveryOutcome outcome, string? reason, TimeSpan duration)
    {
        if (!_traces.Writer.TryWrite(new Trace(delivery, plan, outcome, reason, duration))) _metrics.TraceDropped();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _traces.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = ImmutableArray.CreateBuilder<DomainEvent>(GroupMax);
        while (await HasMoreAsync(stoppingToken))
        {
            while (group.Count < GroupMax && _traces.Reader.TryRead(out var trace)) group.Add(ToEvent(trace));
            var events = group.ToImmutable();
            group.Clear();
            try
            {
                await _grains.GetGrain<IEventRouterGrain>(0).RouteAsync(events);
            }
            catch (Exception exception)
            {
                for (var i = 0; i < events.Length; i++) _metrics.TraceDropped();
                LogDropped(events.Length, exception.GetType().Name);
            }
        }
    }

    private async ValueTask<bool> HasMoreAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await _traces.Reader.WaitToReadAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private DomainEvent ToEvent(in Trace trace)
    {
        var delivery = trace.Delivery;
        return new DomainEvent
        {
            Id = _ids.New(IdPrefix.Event),
            Name = EventNames.Delivery,
            At = delivery.ReceivedAt,
            Instance = delivery.Instance.Name,
            Delivery = new DeliveryRecord
            {
                Id = delivery.Id,
                Instance = delivery.Instance.Name,
                Provider = delivery.Provider,
                ReceivedAt = delivery.ReceivedAt,
                Bytes = delivery.Bytes,
                Outcome = trace.Outcome,
                Reason = trace.Reason,
                SignatureChecked = delivery.SignatureChecked,
                DurationMilliseconds = trace.Duration.TotalMilliseconds,
                Elements = trace.Outcome == DeliveryOutcome.Stored && trace.Plan is { } plan ? Elements(plan) : [],
            },
        };
    }

    private static ImmutableArray<DeliveryElementRecord> Elements(DeliveryPlan plan)
    {
        var records = ImmutableArray.CreateBuilder<DeliveryElementRecord>(plan.Outcomes.Length);
        for (var i = 0; i < plan.Outcomes.Length; i++) records.Add(plan.Outcomes[i].ToRecord(plan.Parsed.Elements[i]));
        return records.MoveToImmutable();
    }

    [LoggerMessage(4403, LogLevel.Warning, "{Count} delivery traces were dropped: the archive did not take them ({Error}).")]
    private partial void LogDropped(int count, string error);
}
