namespace Orleans.Hosting;

/// <summary>The reminder service, which is always there.</summary>
public static class SiloBuilderReminderExtensions
{
    public static ISiloBuilder AddReminders(this ISiloBuilder builder) => builder;
}
