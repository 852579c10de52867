using Orleans.Runtime;
using Orleans.Storage;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>Inserts, replaces or (without a payload) removes one record, if its version is the expected one.</summary>
internal sealed class StateWrite(
    GrainId grainId, string stateName, ReadOnlyMemory<byte>? payload, string? etag) : StoreWrite
{
    protected override void Apply(WriteStatements statements)
    {
        var next = statements.NextVersion();
        if (Write(statements, next) is { } row)
        {
            Answer = new RecordVersion(next, row).ToString();
            return;
        }

        var stored = statements.Find(grainId, stateName)?.ToString();
        Refuse(new InconsistentStateException(
            $"State '{stateName}' of {grainId} was changed by somebody else.", stored, etag));
    }

    // The row, or null when the stored version is not the expected one.
    private long? Write(WriteStatements statements, long next)
    {
        if (etag is null)
        {
            if (payload is { } first) return statements.Insert(grainId, stateName, first.Span, next);
            return statements.Find(grainId, stateName) is null ? 0 : null;
        }

        var expected = RecordVersion.Parse(etag);
        var isDone = payload is { } bytes ? statements.Update(expected, bytes.Span, next) : statements.Delete(expected);
        return isDone ? expected.Row : null;
    }
}
