using EmbeddedOrleans.Activations;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private IGrainFactory? _grainFactory;

    protected Grain()
    {
        // Outside an activation (a unit test with `new`) the context stays empty, as on Orleans.
        GrainContext = RuntimeContext.Current!;
    }

    public IGrainContext GrainContext { get; }

    public GrainReference GrainReference => GrainContext.GrainReference;

    public string IdentityString => GrainContext.GrainId.ToString();

    protected IGrainFactory GrainFactory => _grainFactory ??= ServiceProvider.GetRequiredService<IGrainFactory>();

    protected internal IServiceProvider ServiceProvider =>
        GrainContext?.ActivationServices ?? throw new InvalidOperationException("The grain was not created by a silo.");

    /// <summary>
    /// Called before the first request; if it throws, the requests that woke the grain fail with its exception.
    /// </summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Called after the last request. It is not called when the process dies: nothing may depend on it.
    /// </summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>
    /// Keeps the activation from idle collection for at least this long; a negative span takes the wish back.
    /// </summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => ((Activation)GrainContext).DelayDeactivation(timeSpan);

    /// <summary>
    /// There is no other silo to go to, so the grain is deactivated and comes back with the next call.
    /// </summary>
    protected void MigrateOnIdle() => GrainBaseExtensions.MigrateOnIdle(this);
}
