using EmbeddedOrleans.Activations;
using Orleans.Runtime;

namespace EmbeddedOrleans.Timers;

internal sealed class GrainTimer<TState>(
    Activation activation,
    Func<TState, CancellationToken, Task> callback,
    TState state,
    GrainTimerCreationOptions options)
    : GrainTimer(activation, options)
{
    protected override Task Call(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
