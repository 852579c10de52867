using Orleans.Runtime;

namespace Orleans;

/// <summary>
/// The stable name of a grain class; it is the first part of every stored key. Default: the class name without "Grain".
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    private readonly GrainType _grainType = GrainType.Create(grainType);

    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}
