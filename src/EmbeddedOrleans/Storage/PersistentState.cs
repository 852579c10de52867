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
        storage.ReadStateAsync(stateName, activation.GrainId, this, cancellationToken);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        storage.WriteStateAsync(stateName, activation.GrainId, this, cancellationToken);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ClearStateAsync(CancellationToken cancellationToken) =>
        storage.ClearStateAsync(stateName, activation.GrainId, this, cancellationToken);

    Task IStateFacet.InitializeAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);
}
