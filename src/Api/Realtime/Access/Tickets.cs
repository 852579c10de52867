using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Waqtor.Realtime;

namespace Waqtor.Api.Realtime.Access;

/// <summary>
/// One-use tickets, for browsers, which cannot send a header with a WebSocket or an event stream. A ticket is a name and an
/// HMAC-SHA256 over the name, the end, the key's hash and the address, under a secret of its own. Secret and key lie in the
/// ticket's grain, which gives them out once: any node can take the ticket, and only one does.
/// </summary>
internal sealed class Tickets(IGrainFactory grains, IIdSource ids, TimeProvider clock, IOptions<RealtimeOptions> options)
{
    public const string Prefix = "wqt_";
    private const string IdPrefix = "tkt";
    private const int SecretBytes = 32;
    private const int CharactersMax = 256;

    public async Task<TicketAnswer> MakeAsync(string keyHash, IPAddress? address)
    {
        var id = ids.New(IdPrefix);
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var record = new TicketRecord(secret, keyHash, clock.GetUtcNow().AddSeconds(options.Value.TicketSeconds));
        await grains.GetGrain<ITicketGrain>(id).OpenAsync(record);
        return new TicketAnswer($"{Prefix}{id}.{Base64Url.EncodeToString(Sign(id, record, address))}", record.ExpiresAt);
    }

    /// <summary>The hash of the key that the ticket stands for. Null: unknown, used, over, of another address or changed.</summary>
    public async Task<string?> RedeemAsync(string ticket, IPAddress? address)
    {
        if (ticket.Length > CharactersMax || !ticket.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var dot = ticket.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || Decode(ticket.AsSpan(dot + 1)) is not { } signature) return null;
        var id = ticket[Prefix.Length..dot];
        if (!id.StartsWith(IdPrefix + "_", StringComparison.Ordinal) || !Guid.TryParse(id.AsSpan(IdPrefix.Length + 1), out _)) return null;
        if (await grains.GetGrain<ITicketGrain>(id).TakeAsync() is not { } record || record.ExpiresAt <= clock.GetUtcNow()) return null;
        return CryptographicOperations.FixedTimeEquals(Sign(id, record, address), signature) ? record.KeyHash : null;
    }

    private static byte[] Sign(string id, TicketRecord record, IPAddress? address)
    {
        var end = record.ExpiresAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return HMACSHA256.HashData(Convert.FromHexString(record.Secret), Encoding.UTF8.GetBytes($"{id}\n{end}\n{record.KeyHash}\n{address}"));
    }

    private static byte[]? Decode(ReadOnlySpan<char> text) =>
        Base64Url.IsValid(text, out var length) && length == HMACSHA256.HashSizeInBytes ? Base64Url.DecodeFromChars(text) : null;
}
