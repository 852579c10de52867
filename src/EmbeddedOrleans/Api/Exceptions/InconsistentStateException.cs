using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The record was changed by somebody else since it was read: read it again and decide anew.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
        : base("The stored state is not the one that was read.")
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    public InconsistentStateException(
        string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, storageException: null)
    {
    }

    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException?.Message ?? "", storedEtag, currentEtag, storageException)
    {
    }

    /// <summary>The etag of the stored record.</summary>
    public string? StoredEtag { get; }

    /// <summary>The etag that the writer believed to be current.</summary>
    public string? CurrentEtag { get; }

    public override string ToString() => $"{base.ToString()} Stored etag: {StoredEtag}. Current etag: {CurrentEtag}.";
}
