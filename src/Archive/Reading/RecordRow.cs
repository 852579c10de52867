using System.Text.Json.Serialization.Metadata;

namespace Waqtor.Archive;

/// <summary>A row whose record is stored whole, as JSON.</summary>
internal sealed class RecordRow
{
    public required string Id { get; init; }

    /// <summary>What its list is ordered by before the id; 0 for nothing.</summary>
    public long Position { get; init; }

    /// <summary>Where its table has segments.</summary>
    public long Segment { get; init; }

    public required string Record { get; init; }

    public PageCursor Cursor => new(Position, Id);

    public T Read<T>(JsonTypeInfo<T> type) => StoredJson.Read(Record, type);
}
