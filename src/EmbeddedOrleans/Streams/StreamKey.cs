using Orleans.Runtime;

namespace EmbeddedOrleans.Streams;

/// <summary>A stream of one provider.</summary>
internal readonly record struct StreamKey(string ProviderName, StreamId StreamId);
