using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Sending;
using Waqtor.Simulation.Running;
using Waqtor.WhatsApp;

namespace Waqtor.Simulation.Outside;

/// <summary>One process's way to the provider.</summary>
internal sealed class SimulatedSender(World world, ServerProcess process, ProviderKind provider) : IMessageSender
{
    public ProviderKind Provider => provider;

    public async Task<SendResult> SendTextAsync(InstanceConfiguration instance, SendRequest request, CancellationToken cancellationToken)
    {
        if (process.IsDead) return await new TaskCompletionSource<SendResult>().Task;
        return world.Bug.OnSent(await world.Provider.SendAsync(process, request, cancellationToken));
    }
}
