using System.Collections.Immutable;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>One conversation decided upon without grains: time is set by hand, each step is a decision of its own.</summary>
internal sealed class BookFixture
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly CountingIds _ids = new();
    private int _message;

    public ConversationState State { get; set; } = new();
    public ConversationOptions Options { get; } = new();
    public BufferRule Rule { get; set; } = new();
    public bool BotIsOff { get; set; }
    public DateTimeOffset Now { get; set; } = Start;

    public TimeSpan Elapsed => Now - Start;

    public void At(double seconds) => Now = Start + TimeSpan.FromSeconds(seconds);

    public ConversationBook Book() => new("cnv_test", State, Now, _ids, new ProcessName("process"), Options, new Random(1));

    public void Do(Action<ConversationBook> decision) => decision(Book());

    /// <summary>A text arrives; its provider id is "m1", "m2", … in order.</summary>
    public string Receive(string? text = null, string? providerMessageId = null, MessageKind kind = MessageKind.Text,
        bool fromMe = false, string? target = null, string? group = null, DateTimeOffset? sentAt = null)
    {
        var id = providerMessageId ?? $"m{++_message}";
        Do(book => book.Receive(Command(new InboundMessage
        {
            ProviderMessageId = id,
            Contact = new ContactIdentity { Phone = "5511999990001", Name = "Ana", GroupId = group },
            Kind = kind,
            Text = text ?? id,
            FromMe = fromMe,
            SentAt = sentAt,
            Content = target is null ? null : new MessageContent { TargetProviderMessageId = target },
        })));
        return id;
    }

    public ReceiveMessages Command(params InboundMessage[] messages) => new()
    {
        InstanceId = "ins_1",
        Instance = "shop",
        DeliveryId = "dlv_1",
        ReceivedAt = Now,
        Messages = [.. messages],
        Buffer = Rule,
        BotIsOff = BotIsOff,
    };

    public bool Reply(string? text, string? error = null) => Reply(State.Batches[0], text, error);

    public bool Reply(BatchState batch, string? text, string? error = null) => Book().CompleteReply(new ReplyResult
    {
        BatchId = batch.Id,
        Attempt = batch.Attempts,
        Text = text,
        Outcome = error is null ? "replied" : null,
        Error = error,
    });

    public void Tick() => Do(book =>
    {
        book.Tick();
        book.TickSends();
    });

    public string BeginSend()
    {
        var id = State.Outgoing[0].Record.Id;
        Book().BeginSend(id).ShouldNotBeNull();
        return id;
    }

    public void Sent(string providerMessageId = "out1") => EndSend(Waqtor.Sending.SendOutcome.Sent, providerMessageId);

    public void EndSend(Waqtor.Sending.SendOutcome outcome, string? providerMessageId = null, string code = "500", TimeSpan? retryAfter = null) =>
        Book().CompleteSend(new SendResult
        {
            MessageId = State.Outgoing[0].Record.Id,
            Attempt = State.Outgoing[0].Attempts,
            Outcome = outcome,
            ProviderMessageId = providerMessageId,
            Error = providerMessageId is null ? new MessageError(code, "Server error") : null,
            RetryAfter = retryAfter,
        }).ShouldBeTrue();

    public ImmutableArray<string> Names => [.. State.Outbox.Select(one => one.Name)];

    public static string[] Ids(BatchState? batch) => [.. batch?.Messages.Select(message => message.ProviderMessageId!) ?? []];

    private sealed class CountingIds : IIdSource
    {
        private int _last;

        public string New(string prefix) => $"{prefix}_{++_last:0000}";
    }
}
