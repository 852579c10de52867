namespace Waqtor.Api.Sandbox;

/// <param name="Name">What the contact is called, at most 100 characters. Default: the number.</param>
public sealed record RenameRequest(string? Name);
