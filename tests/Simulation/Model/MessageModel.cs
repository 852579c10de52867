namespace Waqtor.Simulation.Model;

/// <summary>What is known of one message that a customer wrote.</summary>
internal sealed class MessageModel(string providerMessageId)
{
    public string ProviderMessageId => providerMessageId;

    /// <summary>When its first delivery reached the server; null: not yet.</summary>
    public TimeSpan? FirstDeliveredAt { get; set; }

    public bool IsAcknowledged { get; set; }

    /// <summary>The highest position among messages that were acknowledged before this one first arrived.</summary>
    public long MustComeAfter { get; set; }

    /// <summary>Our id, once it is durable.</summary>
    public string? Id { get; set; }

    public long Sequence { get; set; }

    public string? BatchId { get; set; }
}
