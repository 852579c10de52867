namespace Orleans.Runtime;

/// <summary>A handle of one reminder.</summary>
public interface IGrainReminder
{
    string ReminderName { get; }
}
