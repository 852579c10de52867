using Orleans.Runtime;

namespace Orleans;

/// <summary>A call that is about to be sent.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The activation that calls, or null for a client.</summary>
    IGrainContext? SourceContext { get; }
}
