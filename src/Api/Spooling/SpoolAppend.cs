namespace Waqtor.Api.Spooling;

/// <summary>A record waiting for the next sync; <see cref="Frame"/> null asks to put an emptied file away.</summary>
internal sealed class SpoolAppend(byte[]? frame, string instance, SpoolKeys? keys = null)
{
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[]? Frame { get; } = frame;
    public string Instance { get; } = instance;
    public SpoolKeys? Keys { get; } = keys;
    public Task Synced => _synced.Task;

    public void Complete() => _synced.TrySetResult();

    public void Fail(Exception exception) => _synced.TrySetException(exception);
}
