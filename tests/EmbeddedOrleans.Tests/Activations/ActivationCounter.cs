namespace EmbeddedOrleans.Tests.Activations;

internal sealed class ActivationCounter
{
    private int _count;

    public int Next() => Interlocked.Increment(ref _count);
}
