using System.Globalization;

namespace Waqtor.SmartBot;

/// <summary>Whether a rule's schedule is open.</summary>
internal static class RuleClock
{
    public static bool IsOpen(RuleSchedule? schedule, DateTimeOffset now)
    {
        if (schedule is null) return true;
        if (now < schedule.StartsAt || now >= schedule.EndsAt) return false;
        var local = Local(schedule.TimeZone, now);
        if (schedule is not { From: { } fromText, To: { } toText }) return HasDay(schedule, local.DayOfWeek);
        var from = Time(fromText);
        var to = Time(toText);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (from <= to) return HasDay(schedule, local.DayOfWeek) && time >= from && time < to;
        // Over midnight: the hours after it belong to the day before.
        if (time >= from) return HasDay(schedule, local.DayOfWeek);
        return time < to && HasDay(schedule, local.AddDays(-1).DayOfWeek);
    }

    public static DateTimeOffset Local(string? zone, DateTimeOffset now) =>
        zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(now, found) : now.ToUniversalTime();

    private static bool HasDay(RuleSchedule schedule, DayOfWeek day) =>
        schedule.Days.IsDefaultOrEmpty || schedule.Days.Contains(day.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
