namespace Waqtor.ProcessKit;

/// <summary>What <c>POST /api/instances</c> takes; null members are left out.</summary>
public sealed record InstanceOptions
{
    public required string Name { get; init; }
    public string Provider { get; init; } = "evolution";
    public string? BaseUrl { get; init; }
    public string? ApiKey { get; init; }
    public string? PhoneNumberId { get; init; }
    public string? AccessToken { get; init; }
    public string? AppSecret { get; init; }
    public string? VerifyToken { get; init; }
    public string? WebhookSecret { get; init; }
    public BufferOptions? Buffer { get; init; }
    public string? FallbackText { get; init; }
}
