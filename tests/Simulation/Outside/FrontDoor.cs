using System.Globalization;
using Waqtor.Conversations;
using Waqtor.Messages;
using Waqtor.Sending;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Running;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Outside;

/// <summary>
/// Where deliveries come in. It answers only when all is durable, and the provider delivers again whatever was not
/// acknowledged, for as long as it takes.
/// </summary>
internal sealed class FrontDoor(World world)
{
    private readonly SeededRandom _random = world.Scenario.Stream("front door");
    private int _delivery;

    private readonly List<string> _open = [];

    /// <summary>Deliveries that are not acknowledged yet.</summary>
    public int Open => _open.Count;

    public string OpenNames => string.Join("; ", _open);

    public void Deliver(int conversation, IReadOnlyList<InboundMessage> messages, BufferRule rule, bool isRepeated = false)
    {
        var target = world.Contacts[conversation];
        var late = !isRepeated && world.Faults.Strikes(FaultKind.DeliveredLate, target.Instance) ? _random.Milliseconds(1, 4_000) : TimeSpan.Zero;
        Begin(Name(messages), late, () => DeliverOnceAsync(target, messages, rule));
        if (isRepeated || !world.Faults.Strikes(FaultKind.DeliveredTwice, target.Instance)) return;
        Begin(Name(messages), late + _random.Pick([TimeSpan.Zero, _random.Milliseconds(0, 20), _random.Milliseconds(0, 20_000), _random.Milliseconds(0, 3_600_000)]),
            () => DeliverOnceAsync(target, messages, rule));
    }

    public void DeliverEcho(SendRequest request, string providerMessageId)
    {
        var target = world.ContactOf(request.ConversationId);
        InboundMessage[] echo =
        [
            new InboundMessage
            {
                ProviderMessageId = providerMessageId, Contact = target.Identity, Kind = MessageKind.Text, Text = request.Text, FromMe = true,
            },
        ];
        Begin("echo " + providerMessageId, TimeSpan.Zero, () => DeliverOnceAsync(target, echo, new BufferRule()));
    }

    public void DeliverStatus(SendRequest request, StatusUpdate update) => Begin($"status {update.Status} of {update.ProviderMessageId}", TimeSpan.Zero, async () =>
    {
        var key = new MessageStatusKey(request.InstanceId, update.ProviderMessageId).ToString();
        var process = world.Process;
        await process.AskAsync(AsResult(process.Client.GetGrain<IMessageStatusGrain>(key).ApplyAsync(request.Instance, update)));
    });

    private static async Task<bool> AsResult(Task task)
    {
        await task;
        return true;
    }

    private static string Name(IReadOnlyList<InboundMessage> messages) => string.Join(' ', messages.Select(message => message.ProviderMessageId));

    private void Begin(string name, TimeSpan after, Func<Task> deliver)
    {
        world.Time.After(after, () =>
        {
            _open.Add(name);
            _ = world.Scheduler.Begin(() => UntilAcknowledgedAsync(name, deliver));
        });
    }

    private async Task UntilAcknowledgedAsync(string name, Func<Task> deliver)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (world.IsUp)
                {
                    await deliver();
                    _open.Remove(name);
                    return;
                }
            }
            catch (Exception exception)
            {
                world.Timeline.Note("no ack", name, exception.GetType().Name);
                world.Coverage.Count(Branch.DeliveredAgainAfterNoAck);
            }

            await world.Delay(_random.Between(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(Math.Min(60, 1 << Math.Min(attempt, 6)))));
        }
    }

    private async Task DeliverOnceAsync(Contact target, IReadOnlyList<InboundMessage> messages, BufferRule rule)
    {
        var id = "dlv_" + (++_delivery).ToString(CultureInfo.InvariantCulture);
        world.Timeline.Note("deliver", target.Name, $"{id} {string.Join(' ', messages.Select(message => message.ProviderMessageId))}");
        var delivery = world.Oracle.DeliveryBegan(id, target, messages, rule);
        var process = world.Process;
        var result = await process.AskAsync(process.Client.GetGrain<IConversationGrain>(target.ConversationId).ReceiveAsync(new ReceiveMessages
        {
            InstanceId = target.InstanceId,
            Instance = target.Instance,
            DeliveryId = id,
            ReceivedAt = world.Time.Wall,
            Messages = [.. messages],
            Buffer = rule,
        }));
        world.Timeline.Note("ack", target.Name, id);
        world.Oracle.Acknowledged(delivery, result);
    }
}
