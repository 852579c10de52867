using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;

namespace Waqtor.TestKit.Engines;

/// <summary>The store of reminders, which fails when the test says so.</summary>
internal sealed class FailingReminders(IReminderStore store, Func<bool> fail) : IReminderStore
{
    public static void Wrap(IServiceCollection services, Func<bool> fail)
    {
        var make = services.Last(service => service.ServiceType == typeof(IReminderStore)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton<IReminderStore>(
            provider => new FailingReminders((IReminderStore)make(provider), fail)));
    }

    public ValueTask<ReminderSnapshot> ReadRemindersAsync(CancellationToken cancellationToken) => store.ReadRemindersAsync(cancellationToken);

    public ValueTask WriteReminderAsync(StoredReminder reminder)
    {
        ThrowIfAsked();
        return store.WriteReminderAsync(reminder);
    }

    public ValueTask DeleteReminderAsync(GrainId grainId, string reminderName)
    {
        ThrowIfAsked();
        return store.DeleteReminderAsync(grainId, reminderName);
    }

    public ValueTask WriteDeliveredUpToAsync(DateTime time) => store.WriteDeliveredUpToAsync(time);

    private void ThrowIfAsked()
    {
        if (fail()) throw new IOException("The store of the reminders fails, as the test asked.");
    }
}
