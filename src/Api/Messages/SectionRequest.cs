namespace Waqtor.Api.Messages;

/// <param name="Title">At most 24 characters; needed where there is more than one section.</param>
/// <param name="Rows">At least one.</param>
public sealed record SectionRequest(string? Title, IReadOnlyList<RowRequest>? Rows);
