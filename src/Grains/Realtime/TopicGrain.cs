using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Waqtor.Events;

namespace Waqtor.Realtime;

/// <inheritdoc cref="ITopicGrain" />
/// <remarks>
/// Nothing is stored: an activation begins an epoch, so no place in a topic ever means two things. It stays long after its
/// last event would be too old to give out.
/// </remarks>
[GrainType("topic")]
[CollectionAgeLimit(Hours = 1)]
public sealed partial class TopicGrain(
    IOptions<TopicOptions> options, TimeProvider clock, ILogger<TopicGrain> logger) : Grain, ITopicGrain
{
    private TopicHistory _history = new(NewEpoch(), options.Value);
    private IAsyncStream<TopicPage> _stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = this.GetStreamProvider(TopicStreams.Provider)
            .GetStream<TopicPage>(StreamId.Create(TopicStreams.Namespace, this.GetPrimaryKeyString()));
        return Task.CompletedTask;
    }

    public async Task PublishAsync(ImmutableArray<DomainEvent> events)
    {
        var added = _history.Add(events, clock.GetUtcNow());
        if (added.IsEmpty) return;
        try
        {
            await _stream.OnNextAsync(new TopicPage(_history.Epoch, _history.LastSequence, Recovered: true, added));
        }
        catch (Exception exception)
        {
            // The stream is only fast: a reader sees the gap in the sequence and reads it here.
            LogHintFailed(logger, exception, this.GetPrimaryKeyString());
        }
    }

    public Task BeginAnewAsync()
    {
        _history = new TopicHistory(NewEpoch(), options.Value);
        return Task.CompletedTask;
    }

    public Task<TopicPage> ReadAsync(string? epoch, long sequence, int limit) =>
        Task.FromResult(_history.Read(epoch, sequence, limit, clock.GetUtcNow()));

    // Short, because each event's id and every cursor carries it; 60 random bits do not meet again.
    private static string NewEpoch() => Guid.NewGuid().ToString("N")[..16];

    [LoggerMessage(1, LogLevel.Warning, "New events of topic {Topic} could not be hinted at.")]
    private static partial void LogHintFailed(ILogger logger, Exception exception, string topic);
}
