using EmbeddedOrleans.Hosting;

namespace Orleans.Hosting;

/// <summary>Reminders that live as long as the process.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder) =>
        builder.UseMemoryReminderStore();
}
