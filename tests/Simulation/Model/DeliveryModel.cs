using Waqtor.Conversations;

namespace Waqtor.Simulation.Model;

/// <summary>One delivery at the front door.</summary>
internal sealed record DeliveryModel(string Id, ConversationModel Conversation, TimeSpan At, IReadOnlyList<string> Messages, BufferRule Rule);
