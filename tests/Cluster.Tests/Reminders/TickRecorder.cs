using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace Waqtor.Cluster.Tests.Reminders;

/// <summary>A grain that notes its ticks; it can refuse them.</summary>
internal sealed class TickRecorder(string name, ConcurrentQueue<string> ticks) : IRemindable
{
    public bool Refuses { get; set; }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (Refuses) throw new InvalidOperationException("Not now.");
        ticks.Enqueue($"{name}/{reminderName}");
        return Task.CompletedTask;
    }
}
