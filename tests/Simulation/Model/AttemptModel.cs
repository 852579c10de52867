using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Model;

/// <summary>One try of the bot.</summary>
internal sealed class AttemptModel(string conversationId, string batchId, int number, ServerProcess process)
{
    public string ConversationId => conversationId;

    public string BatchId => batchId;

    public int Number => number;

    public ServerProcess Process => process;

    public required TimeSpan BeganAt { get; init; }

    public TimeSpan? EndedAt { get; set; }

    public bool IsOk { get; set; }
}
