namespace Waqtor.Api.Realtime;

/// <summary>Why a connection ends. The words are told to clients and counted.</summary>
internal static class CloseReason
{
    public const string ClientLeft = "client_left";
    public const string Failed = "failed";
    public const string NotAuthenticated = "not_authenticated";
    public const string RateLimited = "rate_limited";
    public const string Revoked = "revoked";
    public const string SlowReader = "slow_reader";
    public const string Stopping = "stopping";
    public const string TooLarge = "too_large";
    public const string TooManyBytes = "too_many_bytes";
    public const string Unavailable = "unavailable";
}
