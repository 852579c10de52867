using Orleans.Runtime;

namespace EmbeddedOrleans.Reminders;

/// <summary>The handle that grains get.</summary>
internal sealed record GrainReminder(GrainId GrainId, string ReminderName) : IGrainReminder;
