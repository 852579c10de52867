using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>
/// A hub's protocol that counts what one connection sends. It is done here because hub filters see neither calls of unknown
/// methods nor calls whose arguments do not fit, and these cost work as well.
/// </summary>
internal sealed class MeteredProtocol(IHubProtocol inner, FeedServices services) : IHubProtocol
{
    public string Name => inner.Name;

    public int Version => inner.Version;

    public TransferFormat TransferFormat => inner.TransferFormat;

    /// <summary>Whose messages these are; known once the hub has taken it in.</summary>
    public HubConnection? Connection { get; set; }

    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is not CompletionMessage { Result: SubscribeAnswer answer } completion)
        {
            inner.WriteMessage(message, output);
            return;
        }

        var standing = answer.Subscription.Standing;
        if (Connection is { } connection) standing = standing with { Cursor = connection.Cursor };
        inner.WriteMessage(CompletionMessage.WithResult(completion.InvocationId!, standing), output);
        // Elsewhere: who writes holds the connection.
        ThreadPool.UnsafeQueueUserWorkItem(static answer => answer.Begin(answer.Subscription), answer, preferLocal: false);
    }

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input;
        if (!SubscribeCall.TryParse(inner, ref input, binder, out message)) return false;
        if (Connection is not { } connection) return true;
        // A ping too: an idle client says nothing else, and lives.
        connection.Heard();
        if (message is PingMessage or CloseMessage or AckMessage or SequenceMessage) return true;
        services.Metrics.Received();
        var verdict = connection.Rate.Take((int)(before.Length - input.Length));
        if (verdict == RateVerdict.Pass) return true;

        var reason = verdict == RateVerdict.TooManyBytes ? CloseReason.TooManyBytes : CloseReason.RateLimited;
        services.Metrics.Refused(reason);
        if (verdict == RateVerdict.Warn)
        {
            connection.Refuse((message as HubInvocationMessage)?.InvocationId, reason);
            connection.Say(ConnectionWord.RateWarning(services.Options.ViolationsMax - connection.Rate.Violations));
        }
        else
        {
            connection.Close(reason);
        }

        // Nothing follows from a ping.
        message = PingMessage.Instance;
        return true;
    }
}
