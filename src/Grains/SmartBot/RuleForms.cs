using System.Collections.Immutable;
using System.Globalization;
using Waqtor.Messages;

namespace Waqtor.SmartBot;

/// <summary>A rule as the matcher, as a file, and as it may be stored.</summary>
internal static class RuleForms
{
    private const int RepliesMax = 20;
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static RuleDefinition ToDefinition(this BotRule rule) =>
        new(rule.Id, rule.Name, rule.Phrases, rule.NegativePhrases, rule.Language, rule.Priority);

    public static RuleEntry ToEntry(this BotRule rule) => new()
    {
        Id = rule.Id.Length == 0 ? null : rule.Id,
        Name = rule.Name,
        Phrases = rule.Phrases,
        NegativePhrases = rule.NegativePhrases,
        Language = rule.Language,
        Priority = rule.Priority,
        Enabled = rule.Enabled,
        Reply = rule.Reply,
        Interactive = rule.Interactive is { } interactive ? RuleParts.Write(interactive) : null,
        Schedule = rule.Schedule is { } schedule ? RuleParts.Write(schedule) : null,
    };

    /// <summary>What the model has to learn of it is the same.</summary>
    public static bool TeachesSameAs(this BotRule rule, BotRule other) =>
        rule.Enabled == other.Enabled && rule.Priority == other.Priority && rule.Language == other.Language
        && rule.Phrases.SequenceEqual(other.Phrases) && rule.NegativePhrases.SequenceEqual(other.NegativePhrases);

    /// <summary>The first thing wrong with a rule; null: nothing.</summary>
    public static RuleChange? Refuse(this BotRule rule)
    {
        var problem = RuleDocument.Validate(rule.ToEntry()).FirstOrDefault(one => one.IsError);
        if (problem is not null) return Invalid(problem.Field ?? "rule", problem.Message);
        if (rule.Replies.Count > RepliesMax) return Invalid("replies", $"At most {RepliesMax} languages.");
        foreach (var (language, reply) in rule.Replies)
        {
            if (!ReplyTemplate.TryParse(reply, out _, out var error)) return Invalid($"replies.{language}", $"At {error!.Position}: {error.Message}");
        }

        return RefuseInteractive(rule.Interactive) ?? RefuseSchedule(rule.Schedule);
    }

    private static RuleChange? RefuseInteractive(InteractiveReply? interactive)
    {
        if (interactive is null) return null;
        if (!ReplyTemplate.TryParse(interactive.Text, out _, out var error)) return Invalid("interactive.text", $"At {error!.Position}: {error.Message}");
        return OfferLimits.Check(interactive.Text, interactive.Offer).Select(problem => Invalid($"interactive.{problem.Field}", problem.Error)).FirstOrDefault();
    }

    private static RuleChange? RefuseSchedule(RuleSchedule? schedule)
    {
        if (schedule is null) return null;
        if (schedule.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) return Invalid("schedule.timeZone", "Not the name of a time zone.");
        if (schedule.Days.Any(day => !Days.Contains(day, StringComparer.Ordinal))) return Invalid("schedule.days", "English names of days, such as monday.");
        if (schedule.From is null != schedule.To is null) return Invalid("schedule.from", "From and to go together.");
        if (schedule.From is { } from && !IsTime(from)) return Invalid("schedule.from", "HH:mm.");
        if (schedule.To is { } to && !IsTime(to)) return Invalid("schedule.to", "HH:mm.");
        return schedule.StartsAt >= schedule.EndsAt ? Invalid("schedule.endsAt", "Must be after startsAt.") : null;
    }

    private static bool IsTime(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static RuleChange Invalid(string field, string reason) => new(null, "invalid", field, reason);
}
