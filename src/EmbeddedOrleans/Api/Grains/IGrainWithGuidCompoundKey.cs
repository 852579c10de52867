using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain whose key is a <see cref="Guid"/> and a string.</summary>
public interface IGrainWithGuidCompoundKey : IGrain, IAddressable;
