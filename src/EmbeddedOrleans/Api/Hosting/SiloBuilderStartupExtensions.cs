using EmbeddedOrleans.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Work to do once the silo takes calls, in order of registration.</summary>
public static class SiloBuilderStartupExtensions
{
    public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder)
        where TStartup : class, IStartupTask =>
        builder.AddStartupTask(
            (services, token) => ActivatorUtilities.GetServiceOrCreateInstance<TStartup>(services).Execute(token));

    public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, IStartupTask startupTask) =>
        builder.AddStartupTask((_, token) => startupTask.Execute(token));

    public static ISiloBuilder AddStartupTask(
        this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask)
    {
        builder.Services.AddSingleton(new StartupTask(startupTask));
        return builder;
    }
}
