using System.ComponentModel.DataAnnotations;

namespace Waqtor.Sending;

/// <summary>How fast and how much is sent: section <c>Waqtor:Sending</c>.</summary>
public sealed class SendingOptions
{
    public const string Section = "Sending";

    /// <summary>
    /// Messages a second of one number, 1 to 1,000; for the Cloud API those that come in count too, up to four fifths of it.
    /// Default: 80. Source: Meta, Cloud API throughput.
    /// </summary>
    [Range(1, 1_000)]
    public int MessagesPerSecond { get; set; } = 80;

    /// <summary>Messages to one contact that may go at once (Cloud API only), 1 to 1,000. Default: 45. Source: Meta, error 131056.</summary>
    [Range(1, 1_000)]
    public int PairBurstMessages { get; set; } = 45;

    /// <summary>Seconds in which one message to a contact is earned back (Cloud API only), 1 to 3,600. Default: 6.</summary>
    [Range(1, 3_600)]
    public int PairRefillSeconds { get; set; } = 6;

    /// <summary>Messages of one number that are with the provider at a time, 1 to 10,000. Default: 64.</summary>
    [Range(1, 10_000)]
    public int InFlightMax { get; set; } = 64;

    /// <summary>Messages of one number that wait in the queue, 100 to 10,000,000. Default: 100,000.</summary>
    [Range(100, 10_000_000)]
    public int QueueTicketsMax { get; set; } = 100_000;

    /// <summary>
    /// Seconds after which a turn that nobody ended is taken back, 15 to 3,600 and not less than
    /// <c>Waqtor:Sending:AttemptTimeoutSeconds</c>. Default: 120.
    /// </summary>
    [Range(15, 3_600)]
    public int TurnTimeoutSeconds { get; set; } = 120;

    /// <summary>
    /// Seconds one attempt may take before its answer counts as lost, 1 to 290. Default: 11. It must end before
    /// <c>Waqtor:Conversations:SendReportTimeoutSeconds</c>, after which the conversation sends again, and it ends
    /// a provider's <c>Waqtor:WhatsApp:SendTimeoutSeconds</c> where that is longer.
    /// </summary>
    [Range(1, 290)]
    public int AttemptTimeoutSeconds { get; set; } = 11;

    /// <summary>Seconds for which a worker keeps an instance's settings and credentials, 0 to 300. Default: 5.</summary>
    [Range(0, 300)]
    public int ConfigurationCacheSeconds { get; set; } = 5;
}
