using System.ComponentModel.DataAnnotations;

namespace Waqtor.Api.Inbound;

/// <summary>Limits of the door for providers' webhooks.</summary>
public sealed class IngestOptions
{
    public const string Section = "Ingest";

    /// <summary>Longest body, 1,024 to 67,108,864. Longer ones are refused (413). Default: 4,194,304; Meta sends up to 3 MB.</summary>
    [Range(1_024, 67_108_864)]
    public int BodyBytesMax { get; set; } = 4_194_304;

    /// <summary>
    /// Bytes of bodies held at once, 1,048,576 to 17,179,869,184. Beyond it the answer is 503. Only bodies that do not fit
    /// in one network buffer count. Default: 268,435,456.
    /// </summary>
    [Range(1_048_576L, 17_179_869_184L)]
    public long BodyBytesInFlightMax { get; set; } = 268_435_456;

    /// <summary>Deliveries being stored at once, 1 to 100,000. Beyond it the answer is 503 at once. Default: 1,024.</summary>
    [Range(1, 100_000)]
    public int InFlightMax { get; set; } = 1_024;

    /// <summary>Deliveries per second and instance, 0 to 10,000,000; bursts of twice that pass. Beyond it the answer is 429. 0: no limit. Default: 50,000.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerSecond { get; set; } = 50_000;

    /// <summary>
    /// Milliseconds in which every delivery is answered, 500 to 60,000. Four fifths are for storing; then the delivery goes to the
    /// spool. Default: 5,000; Meta's gateways give up after that.
    /// </summary>
    [Range(500, 60_000)]
    public int AnswerMilliseconds { get; set; } = 5_000;

    /// <summary>Conversations of one delivery that are stored at once, 1 to 10,000. Default: 256.</summary>
    [Range(1, 10_000)]
    public int LanesMax { get; set; } = 256;

    /// <summary>Known pairs of a contact's ids kept by a node, 1,000 to 10,000,000. Default: 100,000.</summary>
    [Range(1_000, 10_000_000)]
    public int ContactLinksMax { get; set; } = 100_000;

    /// <summary>Delivery traces waiting for the archive, 16 to 1,000,000. Beyond it traces are dropped and counted. Default: 8,192.</summary>
    [Range(16, 1_000_000)]
    public int TracesMax { get; set; } = 8_192;

    /// <summary>Bytes per second a body must come with after the grace, 1 to 1,048,576; a slower sender is cut off. Default: 1,024.</summary>
    [Range(1, 1_048_576)]
    public int BodyBytesPerSecondMin { get; set; } = 1_024;

    /// <summary>Seconds before a slow body is cut off, 2 to 60. Default: 5.</summary>
    [Range(2, 60)]
    public int BodyGraceSeconds { get; set; } = 5;

    /// <summary>Seconds in which a request's headers must be there, 1 to 300. Default: 30.</summary>
    [Range(1, 300)]
    public int HeaderTimeoutSeconds { get; set; } = 30;

    /// <summary>Connections open at once, 16 to 1,000,000; beyond it new ones are closed. Default: 20,000.</summary>
    [Range(16, 1_000_000)]
    public int ConnectionsMax { get; set; } = 20_000;
}
