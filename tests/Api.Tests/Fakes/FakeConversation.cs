using System.Collections.Concurrent;
using System.Collections.Immutable;
using Waqtor.Conversations;
using Waqtor.Messages;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>A conversation in memory: keeps messages once, moves, and notes what it was told.</summary>
internal sealed class FakeConversation(FakeCluster cluster, string id) : IConversationGrain
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = [];

    public string Id { get; } = id;
    public List<InboundMessage> Messages { get; } = [];
    public ConcurrentQueue<ReceiveMessages> Commands { get; } = new();
    /// <summary>How many deliveries came together, each time that some did.</summary>
    public ConcurrentQueue<int> Groups { get; } = new();
    public ConcurrentQueue<SendTextCommand> Sends { get; } = new();
    public ConcurrentQueue<string> Calls { get; } = new();
    public string? MovedTo { get; set; }
    public string Instance { get; set; } = "";
    /// <summary>Null: of the instance that has the name now.</summary>
    public string? InstanceId { get; set; }
    /// <summary>Null: the contact of all samples.</summary>
    public ContactIdentity? Contact { get; set; }
    public string? Refusal { get; set; }
    public bool Known { get; set; }
    public HashSet<string> Dead { get; } = [];
    public ImmutableArray<BatchRecord> Batches { get; set; } = [];

    public async Task<ReceiveResult> ReceiveAsync(ReceiveMessages command)
    {
        if (MovedTo is not null) return new ReceiveResult(0, 0, MovedTo);
        await cluster.WriteAsync();
        if (command.Messages.Any(message => cluster.Poison.ContainsKey(message.ProviderMessageId))) throw new InvalidOperationException("poison");
        return Take(command);
    }

    public async Task<ImmutableArray<ReceiveResult>> ReceiveManyAsync(ImmutableArray<ReceiveMessages> commands)
    {
        if (MovedTo is not null) return [new ReceiveResult(0, 0, MovedTo)];
        await cluster.WriteAsync();
        if (commands.SelectMany(command => command.Messages).Any(message => cluster.Poison.ContainsKey(message.ProviderMessageId))) throw new InvalidOperationException("poison");
        Groups.Enqueue(commands.Length);
        return [.. commands.Select(Take)];
    }

    public Task<SendTextResult> SendTextAsync(SendTextCommand command)
    {
        if (MovedTo is not null) return Task.FromResult(new SendTextResult(null, cluster.Clock.GetUtcNow(), MovedTo: MovedTo));
        Sends.Enqueue(command);
        return Task.FromResult(Refusal is null
            ? new SendTextResult($"msg_{Sends.Count}", cluster.Clock.GetUtcNow())
            : new SendTextResult(null, cluster.Clock.GetUtcNow(), Refusal));
    }

    public Task<ConversationView?> GetAsync() => Task.FromResult(!Known ? null : new ConversationView
    {
        InstanceId = InstanceId ?? $"ins_{Instance}",
        Conversation = new ConversationRecord
        {
            Id = Id,
            Instance = Instance,
            Contact = Contact ?? new ContactIdentity { Phone = "201000000001" },
            CreatedAt = cluster.Clock.GetUtcNow(),
            LastActivityAt = cluster.Clock.GetUtcNow(),
            MovedTo = MovedTo,
            MessageCount = Messages.Count,
        },
        Batches = Batches,
    });

    public Task<bool> PauseAsync(DateTimeOffset? until) => NoteAsync($"pause {until:O}");
    public Task<bool> ResumeAsync() => NoteAsync("resume");
    public Task<bool> MarkReadAsync() => NoteAsync("read");

    public async Task<string?> FlushAsync() => await NoteAsync("flush") ? "bat_1" : null;

    public Task<bool> ReplayAsync(string batchId) => Task.FromResult(Dead.Remove(batchId));
    public Task<bool> DiscardAsync(string batchId) => Task.FromResult(Dead.Remove(batchId));

    // Whichever is asked: what is noted is what happened to the one that gives way.
    public Task<JoinResult> JoinAsync(string conversationId, bool isOtherPreferred)
    {
        var other = cluster.Conversation(conversationId);
        var (alias, preferred) = isOtherPreferred ? (this, other) : (other, this);
        alias.Calls.Enqueue($"move {preferred.Id}");
        if (alias.Messages.Count > 0) return Task.FromResult(new JoinResult(alias.Id));
        alias.MovedTo = preferred.Id;
        return Task.FromResult(new JoinResult(preferred.Id));
    }

    public Task<JoinAnswer> AnswerJoinAsync(JoinQuestion question) => throw new NotSupportedException();
    public Task<string> MoveToAsync(string conversationId) => throw new NotSupportedException();
    public Task<string> GiveWayAsync(string? conversationId) => Task.FromResult(Id);
    public Task CompleteReplyAsync(ReplyResult result) => Task.CompletedTask;
    public Task BeginSendAsync(string messageId) => Task.CompletedTask;
    public Task CompleteSendAsync(SendResult result) => Task.CompletedTask;
    public Task SettleSendAsync(string messageId, string providerMessageId) => Task.CompletedTask;
    public Task<bool> RedriveAsync() => Task.FromResult(false);

    private ReceiveResult Take(ReceiveMessages command)
    {
        lock (_gate)
        {
            Commands.Enqueue(command);
            (Known, Instance) = (true, command.Instance);
            var stored = 0;
            var duplicates = new List<int>();
            for (var i = 0; i < command.Messages.Length; i++)
            {
                var message = command.Messages[i];
                if (!_seen.Add(message.ProviderMessageId))
                {
                    duplicates.Add(i);
                    continue;
                }

                Messages.Add(message);
                cluster.Received.Enqueue((Id, message));
                stored++;
            }

            return new ReceiveResult(stored, duplicates.Count) { DuplicateIndexes = stored > 0 && duplicates.Count > 0 ? [.. duplicates] : null };
        }
    }

    private Task<bool> NoteAsync(string call)
    {
        Calls.Enqueue(call);
        return Task.FromResult(Known);
    }
}
