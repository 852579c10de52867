using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that has reminders.</summary>
public interface IRemindable : IGrain, IAddressable
{
    /// <summary>A tick. Throwing leaves the reminder in place, so that the next tick is the retry.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
