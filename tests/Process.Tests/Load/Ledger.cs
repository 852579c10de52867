using System.Collections.Concurrent;

namespace Waqtor.Process.Tests.Load;

/// <summary>Remembers every post and every acknowledgement, outside the server that is being killed.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, SentMessage> _messages = new();

    public IReadOnlyCollection<SentMessage> Messages => [.. _messages.Values];

    public int Acked => _messages.Values.Count(message => message.AckedAt is not null);

    /// <summary>To be called before the bytes leave.</summary>
    public void Posting(string id, string phone) => _messages.TryAdd(id, new SentMessage(id, phone, Now, null));

    /// <summary>To be called when the 200 is here; only the first one counts.</summary>
    public void Acknowledged(string id)
    {
        var message = _messages[id];
        if (message.AckedAt is null)
            _messages[id] = message with { AckedAt = Now };
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
