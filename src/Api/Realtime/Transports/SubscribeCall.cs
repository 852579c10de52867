using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>
/// Reads calls of <see cref="FeedHub.Subscribe"/>. Their cursor may be left out, though SignalR knows no arguments that may be
/// absent: a call has as many as the method, or it does not fit. The method's last argument is ours.
/// </summary>
internal static class SubscribeCall
{
    public static bool TryParse(IHubProtocol protocol, ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var before = input;
        if (!protocol.TryParseMessage(ref input, new Binder(binder, 2), out message)) return false;
        if (message is InvocationBindingFailureMessage { Target: { } target } && IsSubscribe(target)
            && protocol.TryParseMessage(ref before, new Binder(binder, 1), out var again) && again is InvocationMessage)
        {
            message = again;
        }

        if (message is InvocationMessage { Arguments: [var topics, ..] } call && IsSubscribe(call.Target))
        {
            var cursor = call.Arguments.Length > 1 ? call.Arguments[1] : null;
            message = new InvocationMessage(call.InvocationId, call.Target, [topics, cursor, call.InvocationId is not null], call.StreamIds) { Headers = call.Headers };
        }

        return true;
    }

    private static bool IsSubscribe(string target) => string.Equals(target, nameof(FeedHub.Subscribe), StringComparison.OrdinalIgnoreCase);

    // The types of the arguments that a client gives.
    private sealed class Binder(IInvocationBinder inner, int count) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => inner.GetReturnType(invocationId);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
            IsSubscribe(methodName) ? [.. inner.GetParameterTypes(methodName).Take(count)] : inner.GetParameterTypes(methodName);

        public Type GetStreamItemType(string streamId) => inner.GetStreamItemType(streamId);

        public string? GetTarget(ReadOnlySpan<byte> utf8Bytes) => inner.GetTarget(utf8Bytes);
    }
}
