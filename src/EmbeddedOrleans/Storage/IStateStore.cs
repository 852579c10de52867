using Orleans.Runtime;

namespace EmbeddedOrleans.Storage;

/// <summary>
/// Keeps grain state as bytes. A write or delete is durable when its task completes; one that fails with
/// <see cref="StorageUnavailableException"/> may or may not have happened, so the record has to be read again.
/// </summary>
public interface IStateStore
{
    /// <summary>The record, or a default value if there is none.</summary>
    ValueTask<StoredState> ReadStateAsync(GrainId grainId, string stateName, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the record if the stored etag is the given one (null: there must be none) and returns the new etag.
    /// The payload must stay unchanged until the task completes. Fails with <c>InconsistentStateException</c>.
    /// </summary>
    ValueTask<string> WriteStateAsync(GrainId grainId, string stateName, ReadOnlyMemory<byte> payload, string? etag);

    /// <summary>
    /// Removes the record if the stored etag is the given one. Fails with <c>InconsistentStateException</c>.
    /// </summary>
    ValueTask DeleteStateAsync(GrainId grainId, string stateName, string? etag);
}
