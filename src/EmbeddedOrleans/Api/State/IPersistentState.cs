using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>State of one grain: read before <c>OnActivateAsync</c>, written when its task completes.</summary>
public interface IPersistentState<TState> : IStorage<TState>, IStorage;
