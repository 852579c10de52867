using System.Collections.Concurrent;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;
using Waqtor.WhatsApp;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>A provider that takes everything, or fails as the test says.</summary>
internal sealed class ScriptedSender : IMessageSender
{
    private int _last;

    public ProviderKind Provider => ProviderKind.Evolution;

    public ConcurrentQueue<SendRequest> Requests { get; } = new();

    public SendOutcome Outcome { get; set; } = SendOutcome.Sent;

    /// <summary>Awaited before each answer.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<SendResult> SendTextAsync(InstanceConfiguration instance, SendRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        await Gate.WaitAsync(cancellationToken);
        return new SendResult
        {
            MessageId = request.MessageId,
            Attempt = request.Attempt,
            Outcome = Outcome,
            ProviderMessageId = Outcome == SendOutcome.Sent ? $"out{Interlocked.Increment(ref _last)}" : null,
            Error = Outcome == SendOutcome.Sent ? null : new MessageError("500", "Server error"),
        };
    }

    public string[] Texts => [.. Requests.Select(request => request.Text)];
}
