namespace Waqtor.Api.Inbound;

/// <summary>Bounds the deliveries being stored at once; whoever finds it full is told at once and waits outside.</summary>
internal sealed class InFlightGate(int max)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= max) return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);
}
