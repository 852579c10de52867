using System.Buffers.Binary;
using System.Runtime.InteropServices;
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

    /// <summary>Remembers an id and forgets days that are over. <paramref name="idsMax"/> bounds the memory: the oldest ids go first.</summary>
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

    /// <summary>Remembers the ids of another memory as well, each by the day it came; the same bounds hold.</summary>
    public void TakeOver(IEnumerable<SeenIds> days, DateTimeOffset now, int idsMax)
    {
        var known = new HashSet<long>(Days.SelectMany(day => Split(day.Hashes)));
        foreach (var theirs in days)
        {
            var hashes = Split(ImmutableCollectionsMarshal.AsArray(theirs.Hashes) ?? []).Where(known.Add).ToArray();
            if (hashes.Length == 0) continue;
            var index = Days.FindIndex(day => day.Day >= theirs.Day);
            if (index < 0) index = Days.Count;
            if (index == Days.Count || Days[index].Day != theirs.Day) Days.Insert(index, new SeenDay { Day = theirs.Day });
            var own = Days[index].Hashes;
            var both = new byte[own.Length + (hashes.Length * HashBytes)];
            own.CopyTo(both, 0);
            for (var i = 0; i < hashes.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(both.AsSpan(own.Length + (i * HashBytes)), hashes[i]);
            Days[index].Hashes = both;
        }

        Forget(Today(now), idsMax);
    }

    private static IEnumerable<long> Split(byte[] hashes)
    {
        for (var i = 0; i + HashBytes <= hashes.Length; i += HashBytes) yield return BinaryPrimitives.ReadInt64LittleEndian(hashes.AsSpan(i));
    }

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
        var today = Today(now);
        if (Days.Count == 0 || Days[^1].Day < today) Days.Add(new SeenDay { Day = today });

        var hashes = new byte[Days[^1].Hashes.Length + HashBytes];
        Days[^1].Hashes.CopyTo(hashes, 0);
        BinaryPrimitives.WriteInt64LittleEndian(hashes.AsSpan(hashes.Length - HashBytes), hash);
        Days[^1].Hashes = hashes;
        Forget(today, idsMax);
    }

    private static int Today(DateTimeOffset now) => (int)(now.UtcTicks / TimeSpan.TicksPerDay);

    // Days that are over; then from the front of the oldest day, be it today: no more is forgotten than is too much.
    private void Forget(int today, int idsMax)
    {
        Days.RemoveAll(day => day.Day <= today - DaysKept);
        var surplus = Days.Sum(day => (long)day.Hashes.Length) - ((long)idsMax * HashBytes);
        while (surplus > 0)
        {
            var oldest = Days[0];
            if (oldest.Hashes.Length > surplus)
            {
                oldest.Hashes = oldest.Hashes[(int)surplus..];
                return;
            }

            surplus -= oldest.Hashes.Length;
            Days.RemoveAt(0);
        }
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
