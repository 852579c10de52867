using Waqtor.Realtime;

namespace Waqtor.Silo.Engines;

/// <summary>The names under which grains ask for storage and streams, and what both engines are told.</summary>
internal static class EngineNames
{
    public const string Storage = GrainStorageNames.Waqtor;
    public const string Streams = TopicStreams.Provider;

    /// <summary>Conversations stay for a minute after their last call; looking once a minute would double that.</summary>
    public static readonly TimeSpan CollectionQuantum = TimeSpan.FromSeconds(15);
}
