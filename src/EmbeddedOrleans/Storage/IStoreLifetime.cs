namespace EmbeddedOrleans.Storage;

/// <summary>A store that the silo opens, closes and, in tests, kills.</summary>
public interface IStoreLifetime
{
    /// <summary>Opens the store; throws if it cannot be used.</summary>
    void Start();

    /// <summary>Completes what was accepted, then closes.</summary>
    Task StopAsync();

    /// <summary>Ends as the death of the process would: nothing uncommitted is committed any more.</summary>
    void Kill();
}
