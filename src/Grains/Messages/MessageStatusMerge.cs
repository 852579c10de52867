using System.Collections.Immutable;

namespace Waqtor.Messages;

/// <summary>
/// A message's statuses after one more of them. Providers send them late, twice and in any order; the result does not
/// depend on the order: the furthest of sent, delivered and read, unless it failed before it was delivered.
/// </summary>
public sealed record MessageStatusMerge(
    MessageStatus Status,
    ImmutableArray<StatusChange> History,
    ImmutableArray<MessageError> Errors,
    /// <summary>The status moved, or a failure got another reason: worth an event.</summary>
    bool IsNews,
    /// <summary>Anything at all is different.</summary>
    bool IsChanged)
{
    public static MessageStatusMerge Apply(
        MessageStatus status,
        ImmutableArray<StatusChange> history,
        ImmutableArray<MessageError> errors,
        StatusChange change,
        MessageStatusOptions options)
    {
        var next = Next(status, change.Status);
        var allErrors = AddErrors(errors, change.Errors, options.ErrorsMax);
        var allHistory = AddLine(history, change, options.HistoryMax);
        var moved = next != status;
        var moreReasons = allErrors.Length != errors.Length;
        return new MessageStatusMerge(
            next,
            allHistory,
            allErrors,
            IsNews: moved || (moreReasons && next == MessageStatus.Failed),
            IsChanged: moved || moreReasons || allHistory != history);
    }

    /// <summary>Only up; failed only from pending or sent; what arrived after all overrules failed.</summary>
    private static MessageStatus Next(MessageStatus current, MessageStatus change) => (current, change) switch
    {
        (MessageStatus.Failed, MessageStatus.Delivered or MessageStatus.Read) => change,
        (MessageStatus.Failed, _) => current,
        (<= MessageStatus.Sent, MessageStatus.Failed) => change,
        (_, MessageStatus.Failed) => current,
        _ => change > current ? change : current,
    };

    private static ImmutableArray<MessageError> AddErrors(
        ImmutableArray<MessageError> errors, ImmutableArray<MessageError> more, int errorsMax) =>
        more.All(errors.Contains) || errors.Length >= errorsMax
            ? errors
            : [.. errors.Concat(more).Distinct().Take(errorsMax)];

    // Oldest first by the provider's time; equal times stay in the order in which they came.
    private static ImmutableArray<StatusChange> AddLine(
        ImmutableArray<StatusChange> history, StatusChange change, int historyMax)
    {
        if (history.Any(line => line.Status == change.Status && line.At == change.At)) return history;
        var index = history.Length;
        while (index > 0 && history[index - 1].At > change.At) index--;
        var lines = history.Insert(index, change);
        return lines.Length <= historyMax ? lines : lines.RemoveAt(FirstRepeated(lines));
    }

    // Each status keeps its last line: with fewer kinds than lines, one of them is there twice.
    private static int FirstRepeated(ImmutableArray<StatusChange> lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            for (var later = i + 1; later < lines.Length; later++)
            {
                if (lines[later].Status == lines[i].Status) return i;
            }
        }

        return 0;
    }
}
