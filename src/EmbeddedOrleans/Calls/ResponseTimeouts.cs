using System.Collections.Concurrent;
using EmbeddedOrleans.Scheduling;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace EmbeddedOrleans.Calls;

/// <summary>
/// Breaks the promises of calls that are not answered in time. The call itself runs on unless asked otherwise.
/// </summary>
internal sealed class ResponseTimeouts(
    TimeProvider clock, SiloWork work, IOptions<SiloMessagingOptions> silo, IOptions<ClientMessagingOptions> client)
{
    // Callers on different processors seldom meet in one lane; the lane follows the target so that replays are exact.
    private const int LanesPerTimeout = 8;

    // Answers are given in turns only; see VoidRequest.
    private readonly TurnScheduler _turns = new(work, activation: null);
    private readonly ConcurrentDictionary<TimeSpan, TimeoutLane[]> _lanes = new();
    private readonly TimeSpan _siloTimeout = silo.Value.ResponseTimeout;
    private readonly TimeSpan _clientTimeout = client.Value.ResponseTimeout;
    private readonly bool _siloCancels = silo.Value.CancelRequestOnTimeout;
    private readonly bool _clientCancels = client.Value.CancelRequestOnTimeout;

    public void Start(GrainRequest request)
    {
        var timeout = request.Method.ResponseTimeout ?? (request.Source is null ? _clientTimeout : _siloTimeout);
        if (timeout == Timeout.InfiniteTimeSpan) return;

        if (!_lanes.TryGetValue(timeout, out var lanes)) lanes = _lanes.GetOrAdd(timeout, CreateLanes);
        lanes[request.Reference.GrainId.GetUniformHashCode() % LanesPerTimeout].Add(request);
    }

    public static void Stop(GrainRequest request) => request.Lane?.Remove(request);

    public void FailAll(Exception exception)
    {
        foreach (var lane in _lanes.Values.SelectMany(lanes => lanes))
        {
            foreach (var request in lane.RemoveAll()) request.Fail(exception);
        }
    }

    private TimeoutLane[] CreateLanes(TimeSpan timeout) =>
        [.. Enumerable.Range(0, LanesPerTimeout).Select(_ => new TimeoutLane(clock, timeout, OnExpired))];

    private void OnExpired(GrainRequest request, TimeSpan timeout) => _turns.Post(() => Expire(request, timeout));

    private void Expire(GrainRequest request, TimeSpan timeout)
    {
        var activation = request.Activation;
        request.Fail(new TimeoutException(
            $"Response did not arrive on time in {timeout} for message: {request}. {activation?.Describe()}"));
        if (request.Source is null ? _clientCancels : _siloCancels) request.TryCancel();
    }
}
