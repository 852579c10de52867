namespace Waqtor.Archive;

/// <summary>
/// What a list is ordered by: the id alone, newest first, or a number column with an index of its own and then the id.
/// </summary>
internal sealed record PageOrder(string List, string? Column = null, bool Ascending = false)
{
    public string Position => Column ?? "0";

    public string OrderBy => Column is null ? $" ORDER BY id{Direction}" : $" ORDER BY {Column}{Direction}, id{Direction}";

    /// <summary>The rows after the parameters <c>position</c> and <c>id</c>; written so that an index on the column alone serves.</summary>
    public string After => Column is null
        ? $"id {Beyond} @id"
        : $"{Column} {Beyond}= @position AND ({Column} {Beyond} @position OR id {Beyond} @id)";

    /// <summary>What to ask for, and in which order, to find where a stretch of rows ends.</summary>
    public (string Select, string OrderBy) Stretch => (Column ?? "id", $" ORDER BY {Column ?? "id"}{Direction}");

    /// <summary>The rows up to and including the parameter <c>end</c>.</summary>
    public string UpTo => $"{Column ?? "id"} {(Ascending ? "<=" : ">=")} @end";

    private string Direction => Ascending ? "" : " DESC";

    private string Beyond => Ascending ? ">" : "<";
}
