namespace Waqtor.Archive;

/// <summary>Whether a message whose send got no answer is known to have gone out; it only moves up.</summary>
internal enum Settlement
{
    NothingSaid = 0,
    Doubtful = 1,
    /// <summary>A status of the provider said what became of it.</summary>
    Settled = 2,
}
