using System.Globalization;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Running;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Outside;

/// <summary>
/// WhatsApp's side of sending. It goes on when our process dies: what was on the wire still arrives, and its statuses
/// come whether or not we got the answer.
/// </summary>
internal sealed class SimulatedProvider(World world)
{
    private readonly SeededRandom _random = world.Scenario.Stream("provider");
    private int _accepted;

    public async Task<SendResult> SendAsync(ServerProcess process, SendRequest request, CancellationToken cancellationToken)
    {
        world.Oracle.SendBegan(request);
        var place = request.Instance;
        if (world.Faults.Strikes(FaultKind.ProviderSilent, place)) return await AnswerIsLostAsync(process, request, cancellationToken);
        var way = _random.Milliseconds(5, 200);
        if (world.Faults.Strikes(FaultKind.ProviderThrottled, place))
        {
            var wait = End(request, SendOutcome.Wait) with
            {
                RetryAfter = _random.Milliseconds(1_000, 20_000),
                ContactOnly = _random.Chance(0.3),
            };
            return await AfterAsync(process, way, wait, cancellationToken);
        }

        if (world.Faults.Strikes(FaultKind.ProviderBroken, place)) return await AfterAsync(process, way, End(request, SendOutcome.Retry), cancellationToken);
        if (world.Faults.Strikes(FaultKind.ProviderRefused, place)) return await AfterAsync(process, way, End(request, SendOutcome.Final), cancellationToken);

        var id = "wamid." + (++_accepted).ToString(CultureInfo.InvariantCulture);
        world.Time.After(way, () => Accept(request, id));
        if (world.Faults.Strikes(FaultKind.ProviderTimeoutAfterEffect, place)) return await AnswerIsLostAsync(process, request, cancellationToken);
        return await AfterAsync(process, way * 2, End(request, SendOutcome.Sent) with { ProviderMessageId = id }, cancellationToken);
    }

    private void Accept(SendRequest request, string id)
    {
        world.Timeline.Note("provider", "accepted " + id, $"{request.MessageId} attempt {request.Attempt}");
        world.Oracle.Accepted(request);
        if (request.Instance == World.Cloud) TellStatuses(request, id);
        else if (world.Faults.Strikes(FaultKind.Echo, request.Instance)) world.Time.After(_random.Pick([_random.Milliseconds(0, 4_000), _random.Milliseconds(9_000, 60_000)]), () => world.FrontDoor.DeliverEcho(request, id));
    }

    private void TellStatuses(SendRequest request, string id)
    {
        var at = TimeSpan.Zero;
        foreach (var status in (MessageStatus[])[MessageStatus.Sent, MessageStatus.Delivered, MessageStatus.Read])
        {
            at += _random.Milliseconds(0, 3_000);
            var when = at;
            if (world.Faults.Strikes(FaultKind.StatusDisordered, request.Instance)) when = _random.Pick([_random.Milliseconds(0, 6_000), _random.Milliseconds(9_000, 60_000)]);
            Tell(status, when);
            if (world.Faults.Strikes(FaultKind.StatusTwice, request.Instance)) Tell(status, when + _random.Milliseconds(0, 60_000));
        }

        void Tell(MessageStatus status, TimeSpan after) => world.Time.After(after, () => world.FrontDoor.DeliverStatus(request, new StatusUpdate
        {
            ProviderMessageId = id,
            Status = status,
            At = world.Time.Wall,
            MessageId = request.MessageId,
            ConversationId = request.ConversationId,
        }));
    }

    private static async Task<SendResult> AnswerIsLostAsync(ServerProcess process, SendRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(10), process.Clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The sender's patience is over.
        }

        return End(request, SendOutcome.Ambiguous);
    }

    private static async Task<SendResult> AfterAsync(ServerProcess process, TimeSpan delay, SendResult result, CancellationToken cancellationToken)
    {
        await Task.Delay(delay, process.Clock, cancellationToken);
        return result;
    }

    private static SendResult End(SendRequest request, SendOutcome outcome) => new()
    {
        MessageId = request.MessageId,
        Attempt = request.Attempt,
        Outcome = outcome,
        Error = outcome == SendOutcome.Sent ? null : new MessageError("simulated", outcome.ToString()),
    };
}
