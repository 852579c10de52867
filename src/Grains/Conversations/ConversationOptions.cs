using System.ComponentModel.DataAnnotations;

namespace Waqtor.Conversations;

/// <summary>Limits of a conversation: section <c>Waqtor:Conversations</c>.</summary>
public sealed class ConversationOptions
{
    public const string Section = "Conversations";

    /// <summary>Seconds an attempt to answer a batch may take before it counts as failed, 1 to 600. Default: 60.</summary>
    [Range(1, 600)]
    public int ReplyTimeoutSeconds { get; set; } = 60;

    /// <summary>Attempts after the first before a batch becomes a dead letter, 0 to 10. Default: 3.</summary>
    [Range(0, 10)]
    public int RetriesMax { get; set; } = 3;

    /// <summary>Seconds before the first retry; doubled each time, with up to 20 % of jitter. 1 to 60. Default: 2.</summary>
    [Range(1, 60)]
    public int RetryDelaySeconds { get; set; } = 2;

    /// <summary>Seconds without a report after which a send's worker is taken for dead and the message is sent again, 12 to 300. Default: 15.</summary>
    [Range(12, 300)]
    public int SendReportTimeoutSeconds { get; set; } = 15;

    /// <summary>
    /// Seconds that a message waits at least when its provider asks to wait, 1 to 60. Doubled each time in a row that it does so again; where
    /// it does not say for how long, the waits are 4, 16, 64 s and so on. Default: 1. Source: Meta, error 131056 (4^n).
    /// </summary>
    [Range(1, 60)]
    public int SendWaitSecondsMin { get; set; } = 1;

    /// <summary>
    /// Seconds to which such waits grow, 60 to 900; one that the provider asks for may be longer, up to a day. It is also the most by which a
    /// <c>Retry-After</c> puts off the retry of another failure. Default: 600.
    /// </summary>
    [Range(60, 900)]
    public int SendWaitSecondsMax { get; set; } = 600;

    /// <summary>Hours from the first time a message was told to wait after which the next time is its failure, 1 to 168. Default: 24.</summary>
    [Range(1, 168)]
    public int SendWaitHoursMax { get; set; } = 24;

    /// <summary>Different reasons kept of a message that was not sent at once, 1 to 100. Default: 10.</summary>
    [Range(1, 100)]
    public int SendErrorsMax { get; set; } = 10;

    /// <summary>Seconds for which a worker that could not tell the conversation its answer tries again, 0 to 600. Default: 60.</summary>
    [Range(0, 600)]
    public int ReplyReportTimeoutSeconds { get; set; } = 60;

    /// <summary>Provider message ids remembered per conversation, 1,000 to 1,000,000. Default: 20,000.</summary>
    [Range(1_000, 1_000_000)]
    public int SeenIdsMax { get; set; } = 20_000;

    /// <summary>Messages of one conversation that may wait to be sent, 1 to 10,000. Default: 200.</summary>
    [Range(1, 10_000)]
    public int OutgoingMax { get; set; } = 200;

    /// <summary>Dead letters one conversation keeps for replay; the oldest beyond is discarded, and its record says why. 1 to 10,000. Default: 100.</summary>
    [Range(1, 10_000)]
    public int DeadLettersMax { get; set; } = 100;

    /// <summary>Seconds past its time after which work that did not move counts as orphaned, 1 to 60. Default: 5.</summary>
    [Range(1, 60)]
    public int OrphanAfterSeconds { get; set; } = 5;

    public TimeSpan ReplyTimeout => TimeSpan.FromSeconds(ReplyTimeoutSeconds);
    public TimeSpan ReplyReportTimeout => TimeSpan.FromSeconds(ReplyReportTimeoutSeconds);
    public TimeSpan SendWaitMax => TimeSpan.FromHours(SendWaitHoursMax);
    public TimeSpan SendReportTimeout => TimeSpan.FromSeconds(SendReportTimeoutSeconds);
}
