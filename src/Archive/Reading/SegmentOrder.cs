namespace Waqtor.Archive;

/// <summary>The order of a list that is read segment by segment: the segment, then a column of the table, then the id.</summary>
internal sealed record SegmentOrder(string List, string Table, string Column, bool Ascending)
{
    public string OrderBy => $" ORDER BY s.n{Direction}, t.{Column}{Direction}, t.id{Direction}";

    /// <summary>The rows after the parameters <c>segment</c>, <c>place</c> and <c>id</c>.</summary>
    public string After =>
        $"s.n {Beyond}= @segment AND (s.n {Beyond} @segment OR t.{Column} {Beyond} @place OR (t.{Column} = @place AND t.id {Beyond} @id))";

    private string Direction => Ascending ? "" : " DESC";

    private string Beyond => Ascending ? ">" : "<";
}
