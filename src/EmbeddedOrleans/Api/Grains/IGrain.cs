using Orleans.Runtime;

namespace Orleans;

/// <summary>Marks a grain interface; all its methods return a task.</summary>
public interface IGrain : IAddressable;
