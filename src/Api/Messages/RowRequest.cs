namespace Waqtor.Api.Messages;

/// <param name="Id">Comes back when it is chosen. Default: its position in the list, from 1.</param>
/// <param name="Title">1 to 24 characters.</param>
/// <param name="Description">At most 72 characters.</param>
public sealed record RowRequest(string? Id, string? Title, string? Description);
