using System.Collections.Immutable;
using Waqtor.Api.Problems;
using Waqtor.Messages;

namespace Waqtor.Api.Messages;

/// <summary>Turns whom a client mentions into ids: digits of a phone, or <c>…@lid</c>.</summary>
internal static class MentionForm
{
    public const string Field = "options.mentionedIds";
    private const int MentionedMax = 100;

    /// <summary>Null: nobody, or an error. Each is named once.</summary>
    public static ImmutableArray<string>? Read(IReadOnlyList<string?>? ids, FieldErrors errors)
    {
        if (ids is not { Count: > 0 }) return null;
        errors.Require(ids.Count <= MentionedMax, Field, $"At most {MentionedMax}.");
        if (ids.Count > MentionedMax) return null;
        var mentioned = ids.Select(id => id is null ? null : NameOf(ChatAddress.Read(id))).ToList();
        var unknown = mentioned.IndexOf(null);
        errors.Require(unknown < 0, $"{Field}[{unknown}]", "A phone number with country code, or the WhatsApp address of a person.");
        return unknown < 0 ? [.. mentioned.OfType<string>().Distinct(StringComparer.Ordinal)] : null;
    }

    // Neither a group nor a business-scoped user id can be mentioned.
    private static string? NameOf(ContactIdentity? contact) => contact?.Phone ?? (contact?.Lid is { } lid ? $"{lid}@lid" : null);
}
