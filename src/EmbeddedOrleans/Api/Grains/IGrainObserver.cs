using Orleans.Runtime;

namespace Orleans;

/// <summary>Marks an interface through which grains call back objects that are not grains.</summary>
public interface IGrainObserver : IAddressable;
