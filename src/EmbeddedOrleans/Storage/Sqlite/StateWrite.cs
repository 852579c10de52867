using System.Globalization;
using Orleans.Runtime;
using Orleans.Storage;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>Inserts, replaces or (without a payload) removes one record, if its version is the expected one.</summary>
internal sealed class StateWrite(
    GrainId grainId, string stateName, ReadOnlyMemory<byte>? payload, string? etag) : StoreWrite
{
    protected override void Apply(WriteStatements statements)
    {
        // No record has version 0 or below, so an etag that is not ours is a conflict like any other.
        var expected = etag is null ? 0 : long.TryParse(
            etag, CultureInfo.InvariantCulture, out var version) ? version : -1;
        var next = statements.NextVersion();
        var isDone = (payload, expected) switch
        {
            ({ } bytes, 0) => statements.Insert(grainId, stateName, bytes.Span, next),
            ({ } bytes, _) => statements.Update(grainId, stateName, bytes.Span, next, expected),
            (null, 0) => statements.FindVersion(grainId, stateName) is null,
            _ => statements.Delete(grainId, stateName, expected),
        };
        if (isDone)
        {
            Answer = next.ToString(CultureInfo.InvariantCulture);
            return;
        }

        var stored = statements.FindVersion(grainId, stateName)?.ToString(CultureInfo.InvariantCulture);
        Refuse(new InconsistentStateException(
            $"State '{stateName}' of {grainId} was changed by somebody else.", stored, etag));
    }
}
