using Orleans.Runtime;

namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>One read on its way; its task is the waiter.</summary>
internal sealed class StoreRead(GrainId grainId, string stateName)
    : TaskCompletionSource<StoredState>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public GrainId GrainId => grainId;

    public string StateName => stateName;
}
