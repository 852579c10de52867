using Orleans.Runtime;

namespace EmbeddedOrleans.Storage;

/// <summary>
/// The store could not do it: the disk failed or is full, the file is locked, or too much waits already. Whether a
/// write took place is not known; read the state again before deciding anew. The store heals when the disk does.
/// </summary>
public sealed class StorageUnavailableException : OrleansException
{
    public StorageUnavailableException()
        : base("The store is unavailable.")
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
