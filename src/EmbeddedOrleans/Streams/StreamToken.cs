using Orleans.Streams;

namespace EmbeddedOrleans.Streams;

/// <summary>The number of an item in its stream since the silo started.</summary>
internal sealed class StreamToken(long sequenceNumber) : StreamSequenceToken
{
    public override long SequenceNumber { get; protected set; } = sequenceNumber;

    public override int EventIndex { get; protected set; }

    public override bool Equals(StreamSequenceToken? other) =>
        other is StreamToken token && token.SequenceNumber == SequenceNumber;

    public override int CompareTo(StreamSequenceToken? other) =>
        other is null ? 1 : SequenceNumber.CompareTo(other.SequenceNumber);

    public override string ToString() => $"[{SequenceNumber}]";
}
