using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Waqtor.Conversations;

/// <summary>
/// The dedupe memory of a conversation: which provider message ids it has taken in. It lives in the same state as the
/// messages, so that an id is never "seen but not stored".
/// </summary>
/// <remarks>
/// An id is kept as 8 bytes of its SHA-256, by day: an id weighs 11 characters of JSON, and the odds that one of 10,000
/// remembered ids is taken for another are below 1 in 10^15. Meta delivers again for up to 7 days (its webhook
/// documentation), so days are dropped after 9.
/// </remarks>
[GenerateSerializer, Alias("waqtor.seen-message-ids")]
public sealed class SeenMessageIds
{
    private const int HashBytes = sizeof(long);
    private const int DaysKept = 9;

    /// <summary>Oldest first.</summary>
    [Id(0)] public List<SeenDay> Days { get; set; } = [];

    public bool Contains(string providerMessageId) => Contains(Hash(providerMessageId));

    /// <summary>Remembers an id and forgets days that are over. <paramref name="idsMax"/> bounds the memory: the oldest day goes first.</summary>
    /// <returns>False: it is remembered already.</returns>
    public bool TryAdd(string providerMessageId, DateTimeOffset now, int idsMax)
    {
        var hash = Hash(providerMessageId);
        if (Contains(hash)) return false;
        Add(hash, now, idsMax);
        return true;
    }

    /// <summary>Remembers an id that is not remembered yet.</summary>
    public void Add(string providerMessageId, DateTimeOffset now, int idsMax) => Add(Hash(providerMessageId), now, idsMax);

    private bool Contains(long hash)
    {
        foreach (var day in Days)
        {
            var hashes = day.Hashes.AsSpan();
            for (var i = 0; i < hashes.Length; i += HashBytes)
            {
                if (BinaryPrimitives.ReadInt64LittleEndian(hashes[i..]) == hash) return true;
            }
        }

        return false;
    }

    private void Add(long hash, DateTimeOffset now, int idsMax)
    {
        var today = (int)(now.UtcTicks / TimeSpan.TicksPerDay);
        Days.RemoveAll(day => day.Day <= today - DaysKept);
        if (Days.Count == 0 || Days[^1].Day < today) Days.Add(new SeenDay { Day = today });

        var hashes = new byte[Days[^1].Hashes.Length + HashBytes];
        Days[^1].Hashes.CopyTo(hashes, 0);
        BinaryPrimitives.WriteInt64LittleEndian(hashes.AsSpan(hashes.Length - HashBytes), hash);
        Days[^1].Hashes = hashes;

        while (Days.Count > 1 && Days.Sum(day => day.Hashes.Length) > idsMax * HashBytes) Days.RemoveAt(0);
    }

    private static long Hash(string id)
    {
        Span<byte> utf8 = stackalloc byte[256];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (Encoding.UTF8.TryGetBytes(id, utf8, out var written)) SHA256.HashData(utf8[..written], hash);
        else SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
