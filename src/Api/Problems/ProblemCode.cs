namespace Waqtor.Api.Problems;

/// <summary>
/// The stable codes of refusals. A client may branch on them; they are never renamed. The <c>type</c> of a problem is
/// <c>https://waqtor.dev/problems/</c> and the code.
/// </summary>
public static class ProblemCode
{
    public const string BadRequest = "bad_request";
    public const string BodyTooLarge = "body_too_large";
    public const string Conflict = "conflict";
    public const string ContentMismatch = "content_mismatch";
    public const string Forbidden = "forbidden";
    public const string IdempotencyInProgress = "idempotency_in_progress";
    public const string IdempotencyMismatch = "idempotency_mismatch";
    public const string Internal = "internal_error";
    public const string InvalidJson = "invalid_json";
    public const string InvalidSignature = "invalid_signature";
    public const string LimitReached = "limit_reached";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string NameTaken = "name_taken";
    public const string NotDead = "batch_not_dead";
    public const string NotFound = "not_found";
    public const string NotParked = "delivery_not_parked";
    public const string NotSandbox = "not_a_sandbox";
    public const string OutOfOrder = "out_of_order";
    public const string Overloaded = "overloaded";
    public const string QueueFull = "queue_full";
    public const string RateLimited = "rate_limited";
    public const string RequestTimeout = "request_timeout";
    public const string SessionClosed = "session_closed";
    public const string StoreUnavailable = "store_unavailable";
    public const string Unauthorized = "unauthorized";
    public const string UnknownInstance = "unknown_instance";
    public const string UnreadableBody = "unreadable_body";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string UploadIncomplete = "upload_incomplete";
    public const string UploadOffset = "upload_offset";
    public const string Validation = "validation_failed";
    public const string VerificationRefused = "verification_refused";
    public const string WindowClosed = "window_closed";
}
