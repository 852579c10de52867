using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Messages;

namespace Waqtor.Sandbox;

/// <inheritdoc cref="ISandboxPhoneGrain" />
/// <remarks>
/// Receipts are stored with the message they are for. There is no reminder for them: a phone that a crash switched off
/// sends them when somebody next looks at it, as real phones do.
/// </remarks>
[GrainType("sandbox-phone")]
public sealed partial class SandboxPhoneGrain(
    [PersistentState("phone", GrainStorageNames.Waqtor)] IPersistentState<SandboxPhoneState> state,
    IIdSource ids,
    TimeProvider clock,
    IOptions<SandboxOptions> options,
    ILogger<SandboxPhoneGrain> logger) : Grain, ISandboxPhoneGrain
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private SandboxPhoneKey _key;
    private IGrainTimer _timer = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = SandboxPhoneKey.Parse(this.GetPrimaryKeyString());
        _timer = this.RegisterGrainTimer(SendReceiptsAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        ArmTimer(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public async Task<InboundMessage> TypeAsync(string name, string text)
    {
        var now = clock.GetUtcNow();
        var message = new InboundMessage
        {
            ProviderMessageId = ids.New(SandboxGrain.IdPrefixSandbox),
            Contact = new ContactIdentity { Phone = _key.Phone, Name = name },
            Kind = MessageKind.Text,
            Text = text,
            SentAt = now,
        };
        Show(new SandboxMessage(message.ProviderMessageId, FromCustomer: true, text, now, MessageStatus.Sent));
        await state.WriteOrForgetAsync(this);
        return message;
    }

    public async Task<InboundMessage?> ChooseAsync(string name, string optionId, string? providerMessageId)
    {
        var offered = state.State.Screen.FindLast(shown => shown is { FromCustomer: false, Offer: not null }
            && (providerMessageId is null ? shown.Offer.Find(optionId) is not null : shown.ProviderMessageId == providerMessageId));
        if (offered?.Offer?.Find(optionId) is not { } chosen) return null;
        var now = clock.GetUtcNow();
        var message = new InboundMessage
        {
            ProviderMessageId = ids.New(SandboxGrain.IdPrefixSandbox),
            Contact = new ContactIdentity { Phone = _key.Phone, Name = name },
            Kind = offered.Offer.List is null ? MessageKind.ButtonReply : MessageKind.ListReply,
            Text = chosen.Title,
            Content = new MessageContent
            {
                Interactive = new InteractiveContent(chosen.Id, chosen.Title, chosen.Description),
                QuotedProviderMessageId = offered.ProviderMessageId,
            },
            SentAt = now,
        };
        Show(new SandboxMessage(message.ProviderMessageId, FromCustomer: true, chosen.Title, now, MessageStatus.Sent));
        await state.WriteOrForgetAsync(this);
        return message;
    }

    public async Task ShowAsync(SandboxDelivery delivery)
    {
        if (state.State.Screen.Exists(shown => shown.ProviderMessageId == delivery.ProviderMessageId)) return;
        var request = delivery.Request;
        Show(new SandboxMessage(delivery.ProviderMessageId, FromCustomer: false, request.Text, clock.GetUtcNow(), MessageStatus.Sent, request.Offer, request.MentionedIds));
        state.State.Receipts.AddRange(delivery.Receipts.Select(receipt => new SandboxPendingReceipt
        {
            InstanceId = request.InstanceId,
            ProviderMessageId = delivery.ProviderMessageId,
            MessageId = request.MessageId,
            ConversationId = request.ConversationId,
            Status = receipt.Status,
            DueAt = receipt.DueAt,
        }));
        await state.WriteOrForgetAsync(this);
        ArmTimer(TimeSpan.Zero);
    }

    public Task<ImmutableArray<SandboxMessage>> ReadAsync() => Task.FromResult(state.State.Screen.ToImmutableArray());

    public async Task ClearAsync()
    {
        await state.ClearOrForgetAsync(this);
        DeactivateOnIdle();
    }

    private void Show(SandboxMessage message)
    {
        var screen = state.State.Screen;
        screen.Add(message);
        if (screen.Count > options.Value.ScreenMessagesMax) screen.RemoveRange(0, screen.Count - options.Value.ScreenMessagesMax);
    }

    private async Task SendReceiptsAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = state.State.Receipts.FindAll(receipt => receipt.DueAt <= now);
        try
        {
            foreach (var receipt in due)
            {
                await SendAsync(receipt);
                state.State.Receipts.Remove(receipt);
                Mark(receipt);
            }

            // Until it is written a receipt may be sent twice, as it may by a real phone.
            if (due.Count > 0) await state.WriteStateAsync(cancellationToken);
            ArmTimer(TimeSpan.Zero);
        }
        catch (Exception exception)
        {
            LogReceiptFailed(logger, exception);
            ArmTimer(Retry);
        }
    }

    private Task SendAsync(SandboxPendingReceipt receipt) => GrainFactory
        .GetGrain<IMessageStatusGrain>(new MessageStatusKey(receipt.InstanceId, receipt.ProviderMessageId).ToString())
        .ApplyAsync(_key.Instance, new StatusUpdate
        {
            ProviderMessageId = receipt.ProviderMessageId,
            Status = receipt.Status,
            At = receipt.DueAt,
            Contact = new ContactIdentity { Phone = _key.Phone },
            MessageId = receipt.MessageId,
            ConversationId = receipt.ConversationId,
        });

    private void Mark(SandboxPendingReceipt receipt)
    {
        var index = state.State.Screen.FindIndex(shown => shown.ProviderMessageId == receipt.ProviderMessageId);
        if (index < 0 || state.State.Screen[index].Status >= receipt.Status) return;
        state.State.Screen[index] = state.State.Screen[index] with { Status = receipt.Status };
    }

    private void ArmTimer(TimeSpan atLeast)
    {
        if (state.State.Receipts.Count == 0)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var delay = state.State.Receipts.Min(receipt => receipt.DueAt) - clock.GetUtcNow();
        if (delay < atLeast) delay = atLeast;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(1, LogLevel.Warning, "Receipts of a sandbox phone could not be sent; trying again.")]
    private static partial void LogReceiptFailed(ILogger logger, Exception exception);
}
