namespace Waqtor.ProcessKit;

/// <summary>Whom a conversation is with.</summary>
public sealed record SeenContact(string? Phone, string? Name);
