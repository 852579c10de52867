using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Waqtor.Api.Realtime;

/// <summary>
/// Events of one topic that are told together, one after the other. Hubs get them as one piece: a message of SignalR ends
/// where it says and not where its transport's does, so several may lie in one.
/// </summary>
internal sealed class FeedBurst(FeedFrame[] frames)
{
    private readonly Dictionary<string, SerializedHubMessage> _hubs = [];

    public IReadOnlyList<FeedFrame> Frames => frames;

    public FeedFrame Last => frames[^1];

    /// <summary>All of them, written once for each protocol. Not thread-safe.</summary>
    public SerializedHubMessage Hub(IHubProtocol protocol)
    {
        if (_hubs.TryGetValue(protocol.Name, out var made)) return made;
        var bytes = new ArrayBufferWriter<byte>(frames.Sum(frame => frame.Bytes));
        foreach (var frame in frames) bytes.Write(frame.Hub.GetSerializedMessage(protocol).Span);
        return _hubs[protocol.Name] = new SerializedHubMessage([new SerializedMessage(protocol.Name, bytes.WrittenMemory)]);
    }
}
