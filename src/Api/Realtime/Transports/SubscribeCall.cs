using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>
/// Reads a call of <see cref="FeedHub.Subscribe"/> that leaves its cursor out. SignalR knows no arguments that may be absent:
/// a call has as many as the method, or it does not fit.
/// </summary>
internal static class SubscribeCall
{
    /// <summary>The call, where the message that did not fit is one that does without a cursor; else the message as it is.</summary>
    public static HubMessage Read(HubMessage message, ReadOnlySequence<byte> input, IHubProtocol protocol, IInvocationBinder binder)
    {
        if (message is not InvocationBindingFailureMessage { Target: { } target } || !IsSubscribe(target)) return message;
        return protocol.TryParseMessage(ref input, new TopicsBinder(binder), out var again) && again is InvocationMessage { Arguments: [var topics] } call
            ? new InvocationMessage(call.InvocationId, call.Target, [topics, null], call.StreamIds) { Headers = call.Headers }
            : message;
    }

    private static bool IsSubscribe(string target) => string.Equals(target, nameof(FeedHub.Subscribe), StringComparison.OrdinalIgnoreCase);

    // The types of a call of one argument.
    private sealed class TopicsBinder(IInvocationBinder inner) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => inner.GetReturnType(invocationId);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [.. inner.GetParameterTypes(methodName).Take(1)];

        public Type GetStreamItemType(string streamId) => inner.GetStreamItemType(streamId);

        public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => inner.GetTarget(utf8Bytes);
    }
}
