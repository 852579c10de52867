namespace Waqtor.Conversations;

/// <summary>
/// Joins conversations that turned out to be of one contact. Each conversation either counts or says where its contact lives
/// (<c>MovedTo</c>); only ones that count are joined, so that following <c>MovedTo</c> always ends.
/// </summary>
/// <remarks>
/// Of two conversations the one with the lower id is asked, and asks the other within its turn. Calls between conversations
/// therefore go from lower ids to higher ones only, and however many joins run on however many nodes, no two wait for each other.
/// </remarks>
public static class ConversationJoins
{
    /// <summary>
    /// Joins of one contact's conversations that a caller follows, one after the other. A contact has three ids, and a chain grows only when
    /// conversations that each had messages turn out to be one contact's.
    /// </summary>
    public const int MovesMax = 16;

    /// <summary>Makes both one contact's, durably. Repeating it changes nothing.</summary>
    /// <param name="grains">Where the conversations are.</param>
    /// <param name="alias">The id that gives way when both have messages, or neither has.</param>
    /// <param name="counts">The other.</param>
    /// <returns>The conversation to go to; it may have moved on since, and then says so itself.</returns>
    /// <exception cref="InvalidOperationException">A chain of more than <see cref="MovesMax"/> joins.</exception>
    public static async Task<string> JoinAsync(this IGrainFactory grains, string alias, string counts)
    {
        for (var moves = 0; moves <= 2 * MovesMax; moves++)
        {
            if (alias == counts) return counts;
            var aliasAsks = string.CompareOrdinal(alias, counts) < 0;
            var (asked, other) = aliasAsks ? (alias, counts) : (counts, alias);
            var result = await grains.GetGrain<IConversationGrain>(asked).JoinAsync(other, isOtherPreferred: aliasAsks);
            if (result.Counts is { } found) return found;
            if (result.Moved == alias) alias = result.MovedTo!;
            else counts = result.MovedTo!;
        }

        throw new InvalidOperationException("A conversation was moved too often.");
    }
}
