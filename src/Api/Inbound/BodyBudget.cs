namespace Waqtor.Api.Inbound;

/// <summary>Bounds the memory of all bodies together.</summary>
internal sealed class BodyBudget(long bytesMax)
{
    private long _taken;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= bytesMax) return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void Release(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
