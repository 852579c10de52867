using System.Globalization;
using Waqtor.Process.Tests.Load;
using Waqtor.ProcessKit;

namespace Waqtor.Process.Tests.Oracle;

/// <summary>
/// Jepsen's <c>total-queue</c> for a conversation buffer: after everything was drained, what came out is compared with
/// what went in. Every acknowledged message is in exactly one batch; a batch holds what section B lets it hold, in
/// order, flushed in time; each batch was answered, and more than once only across a crash.
/// </summary>
public sealed class TotalQueueOracle
{
    private readonly OracleRules _rules;
    private readonly Dictionary<string, SentMessage> _sent;
    private readonly IReadOnlyList<SeenBatch> _batches;
    private readonly List<string> _violations = [];
    private readonly List<double> _undisturbed = [];
    private readonly List<double> _overdue = [];
    private int _extraReplies;

    private TotalQueueOracle(IEnumerable<SentMessage> sent, IReadOnlyList<SeenBatch> batches, OracleRules rules)
    {
        _sent = sent.ToDictionary(message => message.Id);
        _batches = batches;
        _rules = rules;
    }

    public static Verdict Judge(IEnumerable<SentMessage> sent, IReadOnlyList<SeenBatch> batches, OracleRules rules)
    {
        var oracle = new TotalQueueOracle(sent, batches, rules);
        oracle.EachMessageIsInOneBatch();
        oracle.ConversationsAreNotMixed();
        oracle.OrderIsKept();
        if (rules.JudgesTimes)
        {
            foreach (var batch in batches)
                oracle.BatchFollowsTheRule(batch);
        }
        if (rules.Replies is not null)
            oracle.EachBatchWasAnswered(rules.Replies);
        return new Verdict(oracle._violations, oracle.Figures());
    }

    private void EachMessageIsInOneBatch()
    {
        var home = new Dictionary<string, string>();
        foreach (var batch in _batches)
        {
            if (batch.MessageIds.Count != batch.ProviderMessageIds.Count || batch.MessageIds.Distinct().Count() != batch.MessageIds.Count)
                _violations.Add($"odd: batch {batch.Id} has {batch.MessageIds.Count} ids for {batch.ProviderMessageIds.Count} messages");
            foreach (var id in batch.ProviderMessageIds)
            {
                if (!_sent.ContainsKey(id))
                    _violations.Add($"unexpected: {id} in batch {batch.Id} was never posted");
                if (!home.TryAdd(id, batch.Id))
                    _violations.Add($"doubled: {id} is in batch {home[id]} and in batch {batch.Id}");
            }
        }
        foreach (var message in _sent.Values)
            if (message.AckedAt is not null && !home.ContainsKey(message.Id))
                _violations.Add($"lost: {message.Id} of {message.Phone}, acknowledged at {message.AckedAt:O}, is in no batch");
    }

    private void ConversationsAreNotMixed()
    {
        var pairs = _batches.SelectMany(batch => batch.ProviderMessageIds, (batch, id) => (batch.ConversationId, Id: id))
            .Where(pair => _sent.ContainsKey(pair.Id))
            .Select(pair => (pair.ConversationId, _sent[pair.Id].Phone)).Distinct().ToList();
        foreach (var mixed in pairs.GroupBy(pair => pair.ConversationId).Where(group => group.Count() > 1))
            _violations.Add($"mixed: conversation {mixed.Key} holds messages of {string.Join(", ", mixed.Select(pair => pair.Phone))}");
        foreach (var split in pairs.GroupBy(pair => pair.Phone).Where(group => group.Count() > 1))
            _violations.Add($"split: {split.Key} is in conversations {string.Join(", ", split.Select(pair => pair.ConversationId))}");
    }

    /// <summary>A message that was acknowledged before another was first posted must come out before it.</summary>
    private void OrderIsKept()
    {
        foreach (var conversation in _batches.GroupBy(batch => batch.ConversationId))
        {
            var order = conversation.OrderBy(batch => batch.FlushedAt).ThenBy(batch => batch.OpenedAt).SelectMany(batch => batch.ProviderMessageIds)
                .Where(_sent.ContainsKey).Select(id => _sent[id]).ToList();
            SentMessage? earliest = null;
            for (var index = order.Count - 1; index >= 0; index--)
            {
                var message = order[index];
                if (earliest is not null && earliest.AckedAt < message.FirstPostedAt)
                    _violations.Add($"order: {earliest.Id} of {message.Phone} was acknowledged before {message.Id} was posted, but follows it");
                if (message.AckedAt is not null && (earliest is null || message.AckedAt < earliest.AckedAt))
                    earliest = message;
            }
        }
    }

    private void BatchFollowsTheRule(SeenBatch batch)
    {
        var count = batch.ProviderMessageIds.Count;
        if (batch.Status != "completed")
            _violations.Add($"unfinished: batch {batch.Id} is {batch.Status}: {batch.Error}");
        if (batch.DueAt - batch.OpenedAt != _rules.Window)
            _violations.Add($"window: batch {batch.Id} was due {(batch.DueAt - batch.OpenedAt).TotalSeconds} s after it was opened");
        if (batch.Reason is not ("count" or "due") || (batch.Reason == "count") != (count == _rules.Count) || count == 0 || count > _rules.Count)
            _violations.Add($"reason: batch {batch.Id} of {count} messages was flushed for '{batch.Reason}'");
        if (batch.FlushedAt is not { } flushed)
        {
            _violations.Add($"unflushed: batch {batch.Id} has no time of flush");
            return;
        }
        OpeningIsTheFirstMessage(batch);
        var wanted = batch.Reason == "count" ? LastAck(batch) ?? batch.DueAt : batch.DueAt;
        if (batch.Reason == "due" && flushed < batch.DueAt)
            _violations.Add($"early: batch {batch.Id} was flushed {(batch.DueAt - flushed).TotalMilliseconds:0} ms before its time");
        var (restart, limit) = LimitOf(wanted, flushed);
        if (flushed > limit)
            _violations.Add($"late: batch {batch.Id} ({batch.Reason}) was flushed {(flushed - wanted).TotalMilliseconds:0} ms late"
                + (restart is null ? "" : $", {(flushed - restart.Value).TotalMilliseconds:0} ms after the restart"));
        if (batch.Reason == "due")
            (restart is null ? _undisturbed : _overdue).Add((flushed - (restart ?? wanted)).TotalMilliseconds);
    }

    private void OpeningIsTheFirstMessage(SeenBatch batch)
    {
        if (!_sent.TryGetValue(batch.ProviderMessageIds[0], out var first)) return;
        // Clocks are one, but the API may round to milliseconds.
        var slack = TimeSpan.FromMilliseconds(2);
        if (batch.OpenedAt < first.FirstPostedAt - slack || batch.OpenedAt > first.AckedAt + slack)
            _violations.Add($"opened: batch {batch.Id} opened at {batch.OpenedAt:O}, but its first message came between {first.FirstPostedAt:O} and {first.AckedAt:O}");
    }

    private DateTimeOffset? LastAck(SeenBatch batch) => _sent.GetValueOrDefault(batch.ProviderMessageIds[^1])?.AckedAt;

    /// <summary>
    /// When a flush is late, and the start-up that had to catch up on it. An outage moves the limit only when the flush
    /// was not there before it: a server that dies again while it catches up gets its time again.
    /// </summary>
    private (DateTimeOffset? Restart, DateTimeOffset Limit) LimitOf(DateTimeOffset wanted, DateTimeOffset flushed)
    {
        DateTimeOffset? restart = null;
        var limit = wanted + _rules.Tolerance;
        foreach (var outage in _rules.Outages)
        {
            if (flushed <= limit) break;
            if (outage.ReadyAt is not { } ready || outage.KilledAt > limit || ready < wanted) continue;
            restart = ready;
            limit = ready + _rules.RestartGrace + _rules.Tolerance;
        }
        return (restart, limit);
    }

    private void EachBatchWasAnswered(IReadOnlyList<Reply> replies)
    {
        var byFirst = replies.ToLookup(reply => reply.MessageIds[0]);
        var known = new HashSet<string>(_batches.Where(batch => batch.ProviderMessageIds.Count > 0).Select(batch => batch.ProviderMessageIds[0]));
        foreach (var reply in replies.Where(reply => !known.Contains(reply.MessageIds[0])))
            _violations.Add($"answer: a reply to {string.Join(' ', reply.MessageIds)} answers no batch");
        foreach (var conversation in _batches.GroupBy(batch => batch.ConversationId))
        {
            var previous = DateTimeOffset.MinValue;
            foreach (var batch in conversation.OrderBy(batch => batch.FlushedAt).ThenBy(batch => batch.OpenedAt))
            {
                var answers = byFirst[batch.ProviderMessageIds[0]].OrderBy(reply => reply.ReceivedAt).ToList();
                if (answers.Count == 0)
                {
                    _violations.Add($"answer: batch {batch.Id} was never answered");
                    continue;
                }
                if (answers.Any(reply => !reply.MessageIds.SequenceEqual(batch.ProviderMessageIds)))
                    _violations.Add($"answer: a reply to batch {batch.Id} answers other messages than the batch holds");
                if (answers[0].ReceivedAt < previous)
                    _violations.Add($"answer: batch {batch.Id} was answered before the batch ahead of it");
                previous = answers[0].ReceivedAt;
                RepeatsNeedACrash(batch, answers);
            }
        }
    }

    private void RepeatsNeedACrash(SeenBatch batch, List<Reply> answers)
    {
        _extraReplies += answers.Count - 1;
        foreach (var (one, next) in answers.Zip(answers.Skip(1)))
            if (!_rules.Outages.Any(outage => outage.KilledAt <= next.ReceivedAt && one.ReceivedAt <= outage.KilledAt + _rules.Tolerance))
                _violations.Add($"answer: batch {batch.Id} was answered twice, at {one.ReceivedAt:O} and {next.ReceivedAt:O}, without a crash between");
    }

    private string Figures()
    {
        var acked = _sent.Values.Count(message => message.AckedAt is not null);
        var inside = _batches.SelectMany(batch => batch.ProviderMessageIds).Distinct().Count();
        var reasons = string.Join(", ", _batches.GroupBy(batch => batch.Reason).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{_sent.Count} posted, {acked} acknowledged, {inside} in {_batches.Count} batches ({reasons}); {_rules.Outages.Count} outages; "
            + $"flush after due: {Spread(_undisturbed)}; overdue at start-up, after ready: {Spread(_overdue)}; "
            + $"{_rules.Replies?.Count.ToString(CultureInfo.InvariantCulture) ?? "no"} replies judged, {_extraReplies} more than batches");
    }

    private static string Spread(List<double> milliseconds)
    {
        if (milliseconds.Count == 0) return "none";
        milliseconds.Sort();
        double At(double share) => milliseconds[(int)Math.Min(milliseconds.Count - 1, milliseconds.Count * share)];
        return string.Create(CultureInfo.InvariantCulture,
            $"{milliseconds.Count} times, p50 {At(.5):0.0} ms, p99 {At(.99):0.0} ms, worst {milliseconds[^1]:0.0} ms");
    }
}
