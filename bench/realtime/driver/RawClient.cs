using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RealtimeBench;

/// <summary>
/// One connection, with as little client in it as possible: it looks for the times that the events carry and reads nothing
/// else, so that the same client measures every transport.
/// </summary>
internal sealed class RawClient(Tally tally) : IDisposable
{
    private const int BufferBytes = 8_192;
    private static readonly byte[] Marker = "\"sent\":"u8.ToArray();
    private static readonly byte[] HubPing = Frame("{\"type\":6}\u001e");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Task _reading = Task.CompletedTask;
    private bool _isHub;
    private bool _isFramed;
    private long _payloadLeft;
    private int _chunkLength;
    private readonly byte[] _header = new byte[10];
    private int _headerLength;

    /// <summary>Over, by either side.</summary>
    public bool IsClosed { get; private set; }

    public static async Task<RawClient> OpenAsync(Transport transport, int port, Tally tally, bool reads = true)
    {
        var client = new RawClient(tally) { _isHub = transport is Transport.BareHub or Transport.SignalR };
        if (!reads) client._socket.ReceiveBufferSize = 4_096;
        await client._socket.ConnectAsync(IPAddress.Loopback, port);
        client._isFramed = transport != Transport.ServerSentEvents;
        await client.BeginAsync(transport);
        if (reads) client._reading = client.ReadAllAsync();
        return client;
    }

    /// <summary>SignalR expects a word of its client now and then.</summary>
    public async Task BeatAsync()
    {
        if (!_isHub || IsClosed) return;
        try
        {
            await _socket.SendAsync(HubPing);
        }
        catch (SocketException)
        {
            IsClosed = true;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task BeginAsync(Transport transport)
    {
        if (transport == Transport.ServerSentEvents)
        {
            await SendAsync($"GET /api/realtime/events?topics=messages HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {Server.Key}\r\n\r\n");
            await ReadHeadAsync();
            var heard = "";
            var buffer = new byte[BufferBytes];
            while (!heard.Contains("\"cursor\"", StringComparison.Ordinal))
            {
                var count = await _socket.ReceiveAsync(buffer);
                if (count == 0) throw new IOException($"The server closed the connection: {heard}");
                heard += Encoding.UTF8.GetString(buffer, 0, Unchunk(buffer.AsSpan(0, count)));
            }

            return;
        }

        var path = transport == Transport.WebSocket ? "/ws" : "/hubs/events";
        await SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {Server.Key}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        await ReadUntilAsync("\r\n\r\n");
        if (_isHub)
        {
            await _socket.SendAsync(Frame("{\"protocol\":\"json\",\"version\":1}\u001e"));
            await _socket.SendAsync(Frame("{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[[\"messages\"],null],\"invocationId\":\"1\"}\u001e"));
            await ReadUntilAsync("\"invocationId\":\"1\"");
        }
        else
        {
            await _socket.SendAsync(Frame("{\"type\":\"subscribe\",\"topics\":[\"messages\"]}"));
            await ReadUntilAsync("\"subscribed\"");
        }
    }

    // Byte by byte: what follows the head is in chunks, and none of it may be taken with it.
    private async Task ReadHeadAsync()
    {
        var one = new byte[1];
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _socket.ReceiveAsync(one) == 0) throw new IOException($"The server closed the connection: {head}");
            head.Append((char)one[0]);
        }

        if (!head.ToString().StartsWith("HTTP/1.1 200", StringComparison.Ordinal)) throw new IOException(head.ToString());
    }

    private Task<int> SendAsync(string text) => _socket.SendAsync(Encoding.ASCII.GetBytes(text));

    private async Task ReadUntilAsync(string text)
    {
        var heard = new StringBuilder();
        var buffer = new byte[1_024];
        while (!heard.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await _socket.ReceiveAsync(buffer);
            if (count == 0) throw new IOException($"The server closed the connection: {heard}");
            heard.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
    }

    private async Task ReadAllAsync()
    {
        var buffer = new byte[BufferBytes];
        var kept = 0;
        try
        {
            while (true)
            {
                var count = await _socket.ReceiveAsync(buffer.AsMemory(kept));
                if (count == 0) break;
                count = _isFramed ? Unframe(buffer.AsSpan(kept, count)) : Unchunk(buffer.AsSpan(kept, count));
                kept = Take(buffer, kept + count);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }

        IsClosed = true;
    }

    // Frames may end anywhere, also amid a number: their headers are taken out, and what is left is moved together.
    private int Unframe(Span<byte> bytes)
    {
        var written = 0;
        for (var read = 0; read < bytes.Length;)
        {
            if (MovePayload(bytes, ref read, ref written)) continue;
            _header[_headerLength++] = bytes[read++];
            if (_headerLength < 2) continue;
            var length = _header[1] & 0x7f;
            var needed = length switch { 126 => 4, 127 => 10, _ => 2 };
            if (_headerLength < needed) continue;
            _payloadLeft = length switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
                127 => (long)BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(2)),
                _ => length,
            };
            _headerLength = 0;
        }

        return written;
    }

    // Chunks may end anywhere too; their lengths are lines of hex, before and after which a line ends.
    private int Unchunk(Span<byte> bytes)
    {
        var written = 0;
        for (var read = 0; read < bytes.Length;)
        {
            if (MovePayload(bytes, ref read, ref written)) continue;
            var character = bytes[read++];
            if (Uri.IsHexDigit((char)character)) _chunkLength = (_chunkLength * 16) + Convert.ToInt32(((char)character).ToString(), 16);
            if (character != (byte)'\n') continue;
            (_payloadLeft, _chunkLength) = (_chunkLength, 0);
        }

        return written;
    }

    private bool MovePayload(Span<byte> bytes, ref int read, ref int written)
    {
        if (_payloadLeft == 0) return false;
        var count = (int)Math.Min(_payloadLeft, bytes.Length - read);
        bytes.Slice(read, count).CopyTo(bytes[written..]);
        (read, written, _payloadLeft) = (read + count, written + count, _payloadLeft - count);
        return true;
    }

    // What may be the beginning of a mark is kept for the next read.
    private int Take(byte[] buffer, int length)
    {
        var rest = buffer.AsSpan(0, length);
        while (true)
        {
            var at = rest.IndexOf(Marker);
            if (at < 0)
            {
                rest = rest[Math.Max(0, rest.Length - Marker.Length + 1)..];
                break;
            }

            var number = rest[(at + Marker.Length)..];
            if (number.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            {
                rest = rest[at..];
                break;
            }

            if (Utf8Parser.TryParse(number, out long sentAt, out var used)) tally.Add(sentAt);
            rest = number[used..];
        }

        rest.CopyTo(buffer);
        return rest.Length;
    }

    // A text frame with a mask of zeros.
    private static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var header = payload.Length < 126 ? 2 : 4;
        var frame = new byte[header + 4 + payload.Length];
        frame[0] = 0x81;
        frame[1] = (byte)(0x80 | (header == 2 ? payload.Length : 126));
        if (header == 4) BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        payload.CopyTo(frame, header + 4);
        return frame;
    }
}
