namespace Waqtor.Conversations;

// Two ids of a contact turn out to be one person's. The conversation that counts takes over what the other knows (ConversationMemory),
// and only when that is durable does the other send callers there. A crash between the two leaves one that knows more than it needs
// to; the next delivery joins them again, and nothing is taken over twice. Who asks keeps its turn meanwhile, so that nothing comes in on
// its side; on the other side something may, and then it is asked once more (JoinAnswer.Version).
public sealed partial class ConversationGrain
{
    private const int TakeOversMax = 10;

    public async Task<JoinResult> JoinAsync(string conversationId, bool isOtherPreferred)
    {
        await EnsureStateAsync();
        if (state.State.MovedTo is { } movedTo) return new JoinResult(null, Id, movedTo);
        if (conversationId == Id) return new JoinResult(Id);
        var other = GrainFactory.GetGrain<IConversationGrain>(conversationId);
        var question = new JoinQuestion
        {
            ConversationId = Id,
            IsPreferred = !isOtherPreferred,
            Exists = state.State.Exists,
            Memory = state.State.Exists ? state.State.ToMemory() : null,
        };
        var answer = await other.AnswerJoinAsync(question);
        HashSet<string> taken = [];
        for (var takeOvers = 0; answer.Memory is { } memory; takeOvers++)
        {
            if (takeOvers == TakeOversMax) throw new InvalidOperationException("A conversation to be joined did not come to rest.");
            var book = Open();
            book.TakeOver(memory, taken);
            await SaveAsync(book);
            answer = await other.AnswerJoinAsync(question with
            {
                Memory = null, TakenOver = answer.Version, Pause = state.State.Pause, OptedOutAt = state.State.OptedOutAt,
            });
        }

        if (answer.Counts == Id) return new JoinResult(Id);
        if (answer.HasMoved) return new JoinResult(null, conversationId, answer.Counts);
        await MoveAwayAsync(answer.Counts, answer.Pause, answer.OptedOutAt);
        return new JoinResult(answer.Counts);
    }

    public async Task<JoinAnswer> AnswerJoinAsync(JoinQuestion question)
    {
        await EnsureStateAsync();
        var current = state.State;
        if (current.MovedTo is { } movedTo) return new JoinAnswer { Counts = movedTo, HasMoved = true };
        if (current.Exists == question.Exists ? !question.IsPreferred : current.Exists)
        {
            if (question.Memory is { } memory)
            {
                var book = Open();
                book.TakeOver(memory, []);
                await SaveAsync(book);
            }

            return new JoinAnswer { Counts = Id, Pause = current.Pause, OptedOutAt = current.OptedOutAt };
        }

        if (current.Exists && question.TakenOver != current.Changes)
            return new JoinAnswer { Counts = question.ConversationId, Memory = current.ToMemory(), Version = current.Changes };
        await MoveAwayAsync(question.ConversationId, question.Pause, question.OptedOutAt);
        return new JoinAnswer { Counts = question.ConversationId };
    }

    public async Task<string> MoveToAsync(string conversationId)
    {
        while (conversationId != Id)
        {
            var result = await JoinAsync(conversationId, isOtherPreferred: true);
            if (result.Counts is { } counts) return counts;
            if (result.Moved == Id) return result.MovedTo!;
            conversationId = result.MovedTo!;
        }

        return Id;
    }

    public async Task<string> GiveWayAsync(string? conversationId)
    {
        await EnsureStateAsync();
        if (state.State.MovedTo is { } movedTo) return movedTo;
        if (conversationId is null || conversationId == Id || state.State.Exists) return Id;
        await MoveAwayAsync(conversationId, null, null);
        return conversationId;
    }

    private async Task MoveAwayAsync(string conversationId, PauseState? pause, DateTimeOffset? optedOutAt)
    {
        var book = Open();
        book.MoveAway(conversationId, pause, optedOutAt);
        await SaveAsync(book);
    }
}
