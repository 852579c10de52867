namespace Waqtor.Fakes;

/// <summary>What the gateway does with a request to send.</summary>
public sealed record GatewayAnswer
{
    /// <summary>Takes the message and says so at once.</summary>
    public static GatewayAnswer Accept { get; } = new();

    /// <summary>Takes the message but never answers: what a sender sees when the answer is lost.</summary>
    public static GatewayAnswer Hang { get; } = new() { Answers = false };

    /// <summary>Takes the message, then cuts the connection instead of answering.</summary>
    public static GatewayAnswer Cut { get; } = new() { Answers = false, CutsConnection = true };

    public int Status { get; init; } = 200;

    /// <summary>The Cloud API's error code when <see cref="Status"/> is not 200.</summary>
    public int ErrorCode { get; init; } = 131000;

    public string ErrorMessage { get; init; } = "Something went wrong";

    /// <summary>Sent as <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>How long the answer takes.</summary>
    public TimeSpan Delay { get; init; }

    public bool Answers { get; init; } = true;

    public bool CutsConnection { get; init; }

    /// <summary>The gateway has the message: the customer sees it, whatever the sender is told.</summary>
    public bool Takes => !Answers || Status is >= 200 and < 300;

    /// <summary>Refuses the message.</summary>
    public static GatewayAnswer Fail(int status, int errorCode = 131000) => new() { Status = status, ErrorCode = errorCode };

    /// <summary>Refuses for the rate: HTTP 429.</summary>
    public static GatewayAnswer TooMany(int retryAfterSeconds) =>
        new() { Status = 429, ErrorCode = 130429, ErrorMessage = "Rate limit hit", RetryAfterSeconds = retryAfterSeconds };

    /// <summary>Takes the message and answers late.</summary>
    public static GatewayAnswer Slow(TimeSpan delay) => new() { Delay = delay };
}
