namespace EmbeddedOrleans.Hosting;

/// <summary>One startup task as it was registered.</summary>
internal sealed record StartupTask(Func<IServiceProvider, CancellationToken, Task> Run);
