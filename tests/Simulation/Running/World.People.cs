using System.Globalization;
using Waqtor.Conversations;
using Waqtor.Messages;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Outside;
using Waqtor.Simulation.Scenarios;

namespace Waqtor.Simulation.Running;

// What people do to the server.
internal sealed partial class World
{
    private void Act(PlannedAction action)
    {
        var contact = Contacts[action.Conversation];
        Timeline.Note("action", action.Kind + " " + contact.Name, $"(action {action.Number})");
        switch (action.Kind)
        {
            case ActionKind.Write:
                Write(action, contact);
                break;
            case ActionKind.Crash when IsUp:
                Faults.Note(FaultKind.CrashBetween, "between writes");
                Process.Crash("at some time");
                break;
            case ActionKind.Crash:
                break;
            case ActionKind.Restart:
                Faults.Note(FaultKind.Restart, "in order");
                _ = Scheduler.Begin(RestartAsync);
                break;
            case ActionKind.ClockForward:
                SetClock(FaultKind.ClockForward, action.Length);
                break;
            case ActionKind.ClockBack:
                SetClock(FaultKind.ClockBack, -action.Length);
                break;
            default:
                _ = Scheduler.Begin(() => OperateAsync(action, contact));
                break;
        }
    }

    private void SetClock(FaultKind kind, TimeSpan by)
    {
        WallWasSet(by);
        Faults.Note(kind, "wall clock");
    }

    private void WallWasSet(TimeSpan by)
    {
        Time.WallShift += by;
        LastClockSetAt = Time.Now;
        Timeline.Note("clock", "set", by.ToString());
    }

    private void Write(PlannedAction action, Contact contact)
    {
        var messages = new List<InboundMessage>();
        for (var i = 0; i < action.Messages; i++)
        {
            var id = "m" + (++_message).ToString(CultureInfo.InvariantCulture);
            messages.Add(new InboundMessage { ProviderMessageId = id, Contact = contact.Identity, Kind = MessageKind.Text, Text = "Text of " + id, SentAt = Time.Wall });
        }

        Oracle.Wrote(contact, messages);
        FrontDoor.Deliver(action.Conversation, messages, action.Rule);
    }

    // A person whose click fails looks what became of it and, mostly, clicks again: that is another action.
    private async Task OperateAsync(PlannedAction action, Contact contact)
    {
        if (!IsUp) return;
        var conversation = Client.GetGrain<IConversationGrain>(contact.ConversationId);
        try
        {
            await OperateAsync(action, contact, conversation);
        }
        catch (Exception exception)
        {
            Timeline.Note("failed", action.Kind + " " + contact.Name, exception.GetType().Name);
        }
    }

    private async Task OperateAsync(PlannedAction action, Contact contact, IConversationGrain conversation)
    {
        switch (action.Kind)
        {
            case ActionKind.Flush:
                Oracle.FlushAsked(contact);
                await conversation.FlushAsync();
                break;
            case ActionKind.Pause:
                if (await conversation.PauseAsync(action.Length > TimeSpan.Zero ? Time.Wall + action.Length : null)) Oracle.Paused(contact);
                break;
            case ActionKind.Resume:
                Oracle.ResumeAsked(contact);
                await conversation.ResumeAsync();
                break;
            case ActionKind.MarkRead:
                await conversation.MarkReadAsync();
                break;
            case ActionKind.MoveGrain:
                Faults.Note(FaultKind.GrainMoved, "conversation");
                Oracle.Moved(contact);
                await Process.MoveAsync(conversation);
                Oracle.Moved(contact);
                break;
            case ActionKind.SendText:
                await SendTextAsync(action, contact, conversation);
                break;
            default:
                await JudgeDeadLettersAsync(action, contact, conversation);
                break;
        }
    }

    private static async Task SendTextAsync(PlannedAction action, Contact contact, IConversationGrain conversation)
    {
        var command = new SendTextCommand
        {
            InstanceId = contact.InstanceId,
            Instance = contact.Instance,
            Contact = contact.Identity,
            Text = $"Text of a person ({action.Number})",
            IdempotencyKey = "send " + action.Number,
        };
        await conversation.SendTextAsync(command);
        await conversation.SendTextAsync(command);
    }

    private async Task JudgeDeadLettersAsync(PlannedAction action, Contact contact, IConversationGrain conversation)
    {
        var view = await conversation.GetAsync();
        foreach (var dead in view?.Batches.Where(batch => batch.Status == BatchStatus.Dead) ?? [])
        {
            if (action.Kind == ActionKind.Replay)
            {
                Oracle.ReplayAsked(contact, dead.Id);
                await conversation.ReplayAsync(dead.Id);
            }
            else
            {
                await conversation.DiscardAsync(dead.Id);
            }
        }
    }
}
