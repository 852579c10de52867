using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Waqtor.TestKit;

/// <summary>What a test wants of its cluster.</summary>
public sealed class GrainClusterOptions
{
    /// <summary>Whether the clock is the system's. Default: no, it is a <c>ManualTimeProvider</c>.</summary>
    public bool UsesRealTime { get; set; }

    /// <summary>The time at the start of a manual clock. Default: that of <c>ManualTimeProvider</c>.</summary>
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>Asked before a grain's reminder is registered or removed; true: that fails. Default: none, it never does.</summary>
    public Func<bool>? RemindersFail { get; set; }

    /// <summary>Further configuration of the silo. Default: none.</summary>
    public Action<ISiloBuilder>? ConfigureSilo { get; set; }

    /// <summary>Further services, such as fakes. Default: none.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; set; }
}
