namespace Waqtor.Process.Tests.Load;

/// <summary>
/// What a provider knows of a message it sent. It may have been posted many times; it was stored somewhere between its
/// first post and its first acknowledgement, and nothing more can be known from outside.
/// </summary>
public sealed record SentMessage(string Id, string Phone, DateTimeOffset FirstPostedAt, DateTimeOffset? AckedAt);
