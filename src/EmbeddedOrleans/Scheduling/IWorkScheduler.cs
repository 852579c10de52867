namespace EmbeddedOrleans.Scheduling;

/// <summary>
/// Runs everything that activations do. The default hands it to the thread pool; a simulation runs the whole silo on
/// one thread and picks the next item by a seeded generator.
/// </summary>
public interface IWorkScheduler
{
    /// <summary>
    /// How many turns an activation may take before others get theirs. A simulation says 1 to choose before each turn.
    /// </summary>
    int TurnsPerSlice { get; }

    /// <summary>Runs the item once, later and never inside this call. Items never throw.</summary>
    void Queue(IThreadPoolWorkItem item);
}
