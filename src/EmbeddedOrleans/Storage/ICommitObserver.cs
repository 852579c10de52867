namespace EmbeddedOrleans.Storage;

/// <summary>
/// Sees each group commit of the embedded store, on the writer's thread. For tests: it can hold a commit up, or make it
/// fail by throwing. Register it in the container.
/// </summary>
public interface ICommitObserver
{
    /// <summary>The statements of the group have run; the transaction is about to be committed and synced.</summary>
    void OnCommitting(int writes);

    /// <summary>The group is on the disk. No caller has been told yet.</summary>
    void OnCommitted(int writes);
}
