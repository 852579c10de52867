using Waqtor.Realtime;

namespace Waqtor.Silo.Engines;

/// <summary>The names under which grains ask for storage and streams.</summary>
internal static class EngineNames
{
    public const string Storage = GrainStorageNames.Waqtor;
    public const string Streams = TopicStreams.Provider;
}
