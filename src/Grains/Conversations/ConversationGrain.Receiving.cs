using System.Collections.Immutable;

namespace Waqtor.Conversations;

// What comes in.
public sealed partial class ConversationGrain
{
    public async Task<ReceiveResult> ReceiveAsync(ReceiveMessages command)
    {
        await EnsureStateAsync();
        if (state.State.MovedTo is { } movedTo) return new ReceiveResult(0, 0, movedTo);
        var book = Open();
        var result = book.Receive(CountHeldUp(command));
        await SaveAsync(book);
        metrics.Received(result.Stored, result.Duplicates);
        return result;
    }

    public async Task<ImmutableArray<ReceiveResult>> ReceiveManyAsync(ImmutableArray<ReceiveMessages> commands)
    {
        await EnsureStateAsync();
        if (state.State.MovedTo is { } movedTo) return [new ReceiveResult(0, 0, movedTo)];
        var book = Open();
        var results = book.Receive([.. commands.Select(CountHeldUp)]);
        await SaveAsync(book);
        foreach (var result in results) metrics.Received(result.Stored, result.Duplicates);
        return results;
    }

    // A slow store keeps what comes meanwhile waiting in this grain's own queue: their bursts are due as if it had not.
    private ReceiveMessages CountHeldUp(ReceiveMessages command) => command.HandedOver is null
        ? command
        : command with { Waited = command.Waited + clock.GetElapsedTime(process.BeganAt(command.HandedOver, clock)), HandedOver = null };
}
