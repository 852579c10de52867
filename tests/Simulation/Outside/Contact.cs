using Waqtor.Messages;

namespace Waqtor.Simulation.Outside;

/// <summary>A customer and the conversation they have with one of the instances.</summary>
internal sealed record Contact(string Name, string Instance, string InstanceId, ContactIdentity Identity, string ConversationId);
