using Orleans.Storage;

namespace Waqtor.Simulation.Disk;

/// <summary>One write on its way to the disk.</summary>
internal sealed class DiskWrite(string key, string label, GrainId grain, DiskRecord? record)
{
    private readonly TaskCompletionSource<string> _told = new();

    /// <summary>Names the record.</summary>
    public string Key => key;

    /// <summary>Names the kind of record, for the coverage report.</summary>
    public string Label => label;

    public GrainId Grain => grain;

    /// <summary>What shall be there; null: nothing.</summary>
    public DiskRecord? Record { get; set; } = record;

    /// <summary>The etag that must be there; only looked at when <see cref="ChecksETag"/>.</summary>
    public string? ETag { get; init; }

    public bool ChecksETag { get; init; }

    public Task<string> Told => _told.Task;

    public bool IsTold => _told.Task.IsCompleted;

    /// <summary>Its writer believes that it is durable.</summary>
    public bool IsPromised => _told.Task.IsCompletedSuccessfully;

    public void Succeed() => _told.TrySetResult(Record?.ETag ?? "");

    public void Fail(Exception exception) => _told.TrySetException(exception);

    public void Refuse(string? stored) =>
        Fail(new InconsistentStateException($"{Key} was changed by somebody else.", stored, ETag));
}
