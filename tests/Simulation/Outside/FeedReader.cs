using Orleans.Streams;
using Waqtor.Events;
using Waqtor.Realtime;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Outside;

/// <summary>Reads a topic of the live feed for as long as one process lives, as a dashboard would.</summary>
internal sealed class FeedReader(World world, string topic)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _epoch;
    private long _last;

    public Task StartAsync(IClusterClient client) => client.GetStreamProvider(TopicStreams.Provider)
        .GetStream<TopicPage>(StreamId.Create(TopicStreams.Namespace, topic))
        .SubscribeAsync((page, _) =>
        {
            Read(page);
            return Task.CompletedTask;
        });

    public bool Has(string eventId) => _seen.Contains(eventId);

    private void Read(TopicPage page)
    {
        if (_epoch != page.Epoch)
        {
            var isFirst = _epoch is null;
            _epoch = page.Epoch;
            // What was told before we were there is not ours to miss.
            _last = isFirst ? page.Events[0].Sequence - 1 : 0;
            _seen.Clear();
        }

        foreach (var one in page.Events)
        {
            if (one.Sequence != _last + 1)
                world.Oracle.Violated("feed-sequence", $"Topic {topic} gave {one.Sequence} after {_last}.");
            if (!_seen.Add(one.Event.Id))
                world.Oracle.Violated("feed-once", $"Topic {topic} gave event {one.Event.Id} twice.");
            _last = one.Sequence;
            world.Oracle.Shown(topic, page.Epoch, one.Event);
        }
    }
}
