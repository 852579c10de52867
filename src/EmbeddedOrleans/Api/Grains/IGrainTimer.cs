namespace Orleans.Runtime;

/// <summary>
/// A timer of one activation. A tick is a request to its grain: it waits for its turn unless it may interleave, the
/// period counts from the end of a callback, an infinite period means once, an exception is logged and the next tick
/// comes as usual. Ticks do not keep the activation alive unless asked to.
/// </summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets both times, 0 to 4294967294 ms or infinite; inside a callback they count from its end.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
