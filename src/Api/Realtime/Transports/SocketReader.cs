using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using Waqtor.Api.Access;
using Waqtor.Api.Realtime.Access;

namespace Waqtor.Api.Realtime.Transports;

/// <summary>Reads what a client of <c>/ws</c> says and answers it.</summary>
internal sealed class SocketReader(
    FeedServices services, FeedConnections connections, FeedSubscriptions subscriptions, ApiKeys keys, Tickets tickets, AuthenticationFailures failures)
{
    private const int BufferBytes = 4_096;

    public async Task RunAsync(WebSocket socket, HeardStream? stream, IPAddress? address, CallerIdentity? identity)
    {
        var connection = new SocketConnection(services, socket, address);
        if (stream is not null) stream.Heard = connection.Heard;
        if (identity is not null) connection.Authenticate(identity);
        connections.Open(connection);
        connection.Say(SocketAnswer.Welcome(connection.Id, identity is not null, services.Options));
        try
        {
            await ReadAllAsync(connection);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone, or was cut.
        }
        finally
        {
            connection.HeardOut();
        }

        connection.Close(CloseReason.ClientLeft);
        await connection.Completion;
        await connections.CloseAsync(connection);
    }

    private async Task ReadAllAsync(SocketConnection connection)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            // A message that is too long is read to its end and not kept.
            var kept = new ArrayBufferWriter<byte>(256);
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await connection.Socket.ReceiveAsync(buffer.AsMemory(), connection.Aborted);
                if (part.MessageType == WebSocketMessageType.Close) return;
                length += part.Count;
                // Counted where it goes over, and not for each part that follows.
                if (length > services.Options.FrameBytesMax && length - part.Count <= services.Options.FrameBytesMax)
                {
                    services.Metrics.Refused(CloseReason.TooLarge);
                    connection.Close(CloseReason.TooLarge);
                }

                if (length <= SocketMessage.BytesMax) kept.Write(buffer.AsSpan(0, part.Count));
            }
            while (!part.EndOfMessage);

            services.Metrics.Received();
            if (connection.Reason is null && MayPass(connection, length)) await AnswerAsync(connection, kept.WrittenMemory, length);
        }
    }

    private bool MayPass(SocketConnection connection, int length)
    {
        switch (connection.Rate.Take(length))
        {
            case RateVerdict.Pass:
                return true;
            case RateVerdict.Warn:
                services.Metrics.Refused(CloseReason.RateLimited);
                connection.Say(ConnectionWord.RateWarning(services.Options.ViolationsMax - connection.Rate.Violations));
                return false;
            case RateVerdict.TooManyBytes:
                services.Metrics.Refused(CloseReason.TooManyBytes);
                connection.Close(CloseReason.TooManyBytes);
                return false;
            default:
                services.Metrics.Refused(CloseReason.RateLimited);
                connection.Close(CloseReason.RateLimited);
                return false;
        }
    }

    private async Task AnswerAsync(SocketConnection connection, ReadOnlyMemory<byte> bytes, int length)
    {
        if (length > SocketMessage.BytesMax)
        {
            Refuse(connection, FeedRefusal.MessageTooLong, $"A message has at most {SocketMessage.BytesMax} bytes.");
            return;
        }

        var (message, error) = SocketMessage.Read(bytes);
        if (message is null) Refuse(connection, error!, "A message is a JSON object with a type, and its texts are short.");
        else if (connection.Caller is null) await AuthenticateAsync(connection, message);
        else await AnswerAsync(connection, message);
    }

    private async Task AnswerAsync(SocketConnection connection, SocketMessage message)
    {
        switch (message.Type)
        {
            case "subscribe" when message.Topics.Count > 0:
                await SubscribeAsync(connection, message);
                break;
            case "unsubscribe" when message.Topics.Count > 0:
                connection.Say(SocketAnswer.Unsubscribed(await subscriptions.UnsubscribeAsync(connection, [.. message.Topics]), connection.Cursor));
                break;
            case "subscribe" or "unsubscribe":
                Refuse(connection, FeedRefusal.InvalidMessage, "topics is a list of names.");
                break;
            case "ping":
                connection.Say(SocketAnswer.Pong(services.Clock.GetUtcNow(), connection.Cursor));
                break;
            case "get_state":
                connection.Say(SocketAnswer.State(connection, services.Clock.GetUtcNow()));
                break;
            case "auth" or "authenticate":
                connection.Say(SocketAnswer.Authenticated(connection.Caller!.KeyId));
                break;
            default:
                Refuse(connection, FeedRefusal.UnknownType, "There is no such type of message.");
                break;
        }
    }

    private async Task SubscribeAsync(SocketConnection connection, SocketMessage message)
    {
        try
        {
            var subscription = await subscriptions.PrepareAsync(connection, connection.Caller!, [.. message.Topics], message.Cursor, connection.Aborted);
            connection.Say(subscription.Standing);
            subscriptions.Begin(subscription);
        }
        catch (Exception) when (!connection.Aborted.IsCancellationRequested)
        {
            // The cluster does not answer: the client comes back, with its cursor.
            services.Metrics.Failed();
            connection.Close(CloseReason.Unavailable);
        }
    }

    private async Task AuthenticateAsync(SocketConnection connection, SocketMessage message)
    {
        if (message.Type is not ("auth" or "authenticate"))
        {
            Refuse(connection, FeedRefusal.NotAuthenticated, "The first message says a key or a ticket.");
            return;
        }

        var hash = await FindHashAsync(connection, message);
        if (hash is not null && await keys.FindByHashAsync(hash) is { } caller)
        {
            connection.Authenticate(new CallerIdentity(caller, hash));
            connection.Say(SocketAnswer.Authenticated(caller.KeyId));
            return;
        }

        failures.Add(connection.Address);
        services.Metrics.Refused(FeedRefusal.WrongKey);
        connection.Say(SocketAnswer.Error(FeedRefusal.WrongKey, "The key or the ticket is wrong or over."));
        connection.Close(CloseReason.NotAuthenticated);
    }

    private async Task<string?> FindHashAsync(SocketConnection connection, SocketMessage message)
    {
        if (failures.WaitOf(connection.Address) > TimeSpan.Zero) return null;
        if (message.ApiKey is { Length: > 0 and <= ApiKeySecret.CharactersMax } key) return ApiKeySecret.HashHex(key);
        return message.Ticket is { } ticket ? await tickets.RedeemAsync(ticket, connection.Address) : null;
    }

    private void Refuse(SocketConnection connection, string code, string text)
    {
        services.Metrics.Refused(code);
        connection.Say(SocketAnswer.Error(code, text));
    }
}
