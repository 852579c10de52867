namespace Waqtor.Api.Messages;

/// <param name="Id">Comes back when it is pressed. Default: its position, from 1.</param>
/// <param name="Title">1 to 20 characters.</param>
public sealed record ButtonRequest(string? Id, string? Title);
