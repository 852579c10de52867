using EmbeddedOrleans.Activations;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace EmbeddedOrleans.Storage;

/// <summary>The state parameter of one activation.</summary>
internal sealed class PersistentState<T>(string stateName, IGrainStorage storage, Activation activation)
    : IPersistentState<T>, IStateFacet, IGrainState<T>
{
    private T? _state;

    public T State
    {
        get => _state!;
        set => _state = value;
    }

    public string? Etag { get; private set; }

    public bool RecordExists { get; private set; }

    T? IGrainState<T>.State
    {
        get => _state;
        set => _state = value;
    }

    string? IGrainState<T>.ETag
    {
        get => Etag;
        set => Etag = value;
    }

    bool IGrainState<T>.RecordExists
    {
        get => RecordExists;
        set => RecordExists = value;
    }

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) =>
        Named(storage.ReadStateAsync(stateName, activation.GrainId, this, cancellationToken));

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        Named(storage.WriteStateAsync(stateName, activation.GrainId, this, cancellationToken));

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ClearStateAsync(CancellationToken cancellationToken) =>
        Named(storage.ClearStateAsync(stateName, activation.GrainId, this, cancellationToken));

    Task IStateFacet.InitializeAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    // The store's own exceptions are of Orleans' kind; a storage of somebody else's may throw anything.
    private Task Named(Task access) => access.IsCompletedSuccessfully || storage is GrainStorage ? access : NamedAsync(access);

    private async Task NamedAsync(Task access)
    {
        try
        {
            await access;
        }
        catch (Exception exception) when (exception is not (OrleansException or OperationCanceledException))
        {
            throw new OrleansException($"The storage failed for '{stateName}' of {activation.GrainId}: {exception.Message}", exception);
        }
    }
}
