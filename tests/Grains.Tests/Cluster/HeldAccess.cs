namespace Waqtor.Grains.Tests.Cluster;

/// <summary>Holds one access to the store up: the test waits until it is made, and says when it goes on.</summary>
internal sealed class HeldAccess
{
    // Only against a test that would otherwise hang for ever; nothing is measured with it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new();

    public Task PassAsync()
    {
        _made.TrySetResult();
        return _released.Task;
    }

    public async Task WhenMadeAsync(string what)
    {
        try
        {
            await _made.Task.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{what} was not asked of the store within {Patience}.");
        }
    }

    public void Release() => _released.SetResult();
}
