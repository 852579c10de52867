namespace Waqtor.Simulation.Model;

/// <summary>What is known of one message on its way to the provider.</summary>
internal sealed class SendModel
{
    public int Accepted { get; set; }

    /// <summary>When the attempt began that was last accepted.</summary>
    public TimeSpan AcceptedAttemptBeganAt { get; set; }

    public int LastAttempt { get; set; }

    public TimeSpan LastAttemptBeganAt { get; set; }

    /// <summary>It is durable that it need not be sent any more.</summary>
    public bool IsDone { get; set; }
}
