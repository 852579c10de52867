using System.Collections.Concurrent;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Sending;
using Waqtor.WhatsApp;

namespace Waqtor.Grains.Tests.Cluster;

/// <summary>A Cloud API that does what the test says.</summary>
internal sealed class TestSender : IMessageSender
{
    private int _sent;

    public ProviderKind Provider => ProviderKind.Cloud;

    public ConcurrentQueue<SendRequest> Requests { get; } = new();

    public Func<SendRequest, SendResult>? Answer { get; set; }

    public Task<SendResult> SendTextAsync(InstanceConfiguration instance, SendRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        if (Answer is { } answer) return Task.FromResult(answer(request));
        return Task.FromResult(new SendResult
        {
            MessageId = request.MessageId,
            Attempt = request.Attempt,
            Outcome = SendOutcome.Sent,
            ProviderMessageId = $"wamid.{Interlocked.Increment(ref _sent)}",
        });
    }
}
