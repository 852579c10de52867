using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Orleans.Runtime;

namespace EmbeddedOrleans.Calls;

/// <summary>
/// Makes references that implement a grain interface. The classes are emitted once per interface and process.
/// </summary>
internal static class ProxyFactory
{
    private static readonly ConcurrentDictionary<Type, Lazy<Func<GrainRuntime, GrainId, GrainReference>>> Factories =
        new();

    public static Func<GrainRuntime, GrainId, GrainReference> Of(Type interfaceType) =>
        Factories.GetOrAdd(interfaceType, static type => new(() => Build(type))).Value;

    private static Func<GrainRuntime, GrainId, GrainReference> Build(Type interfaceType)
    {
        var proxy = ProxyEmitter.Emit(interfaceType);
        var runtime = Expression.Parameter(typeof(GrainRuntime));
        var grainId = Expression.Parameter(typeof(GrainId));
        var create = Expression.New(proxy.GetConstructor([typeof(GrainRuntime), typeof(GrainId)])!, runtime, grainId);
        return Expression.Lambda<Func<GrainRuntime, GrainId, GrainReference>>(create, runtime, grainId).Compile();
    }
}
