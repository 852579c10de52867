using System.Globalization;
using Orleans.Runtime;

namespace Waqtor.Silo.Engines;

/// <summary>One registration of a reminder, as <see cref="RedisReminders"/> keeps it.</summary>
/// <param name="GrainId">Whom it wakes.</param>
/// <param name="ReminderName">Its name, unique in its grain.</param>
/// <param name="StartAt">When it ticks first, by the clock of Redis.</param>
/// <param name="Period">From one tick to the next.</param>
/// <param name="Value">As it is stored; each registration has another.</param>
internal sealed record RedisReminder(GrainId GrainId, string ReminderName, DateTime StartAt, TimeSpan Period, string Value) : IGrainReminder
{
    private const char Separator = '|';

    public string FieldText => Field(GrainId, ReminderName);

    // The name comes last: the id of a grain may hold anything.
    public static string Field(GrainId grain, string name) => name.Contains(Separator, StringComparison.Ordinal)
        ? throw new ArgumentException($"A reminder's name must not contain '{Separator}'.", nameof(name))
        : $"{grain}{Separator}{name}";

    public static RedisReminder Read(string field, string value)
    {
        var cut = field.LastIndexOf(Separator);
        var parts = value.Split(Separator);
        return new RedisReminder(
            GrainId.Parse(field[..cut]),
            field[(cut + 1)..],
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)).UtcDateTime,
            TimeSpan.FromMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture)),
            value);
    }
}
