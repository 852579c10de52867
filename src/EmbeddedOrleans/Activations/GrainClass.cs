using System.Collections.Concurrent;
using System.Reflection;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Activations;

/// <summary>What a grain class says about itself, read once.</summary>
internal sealed class GrainClass
{
    // Compiled code, the same for every silo of the process: tests start thousands of them.
    private static readonly ConcurrentDictionary<Type, ObjectFactory> Factories = new();

    private readonly StateParameter[] _stateParameters;
    private readonly Lazy<ObjectFactory> _factory;

    public GrainClass(Type type, TimeSpan collectionAge)
    {
        Type = type;
        GrainType = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(null!, type) ?? DefaultGrainType(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        MayInterleave = InterleavePredicate.Of(type);
        StatelessWorker = type.GetCustomAttribute<StatelessWorkerAttribute>();
        FiltersItsCalls = typeof(IIncomingGrainCallFilter).IsAssignableFrom(type);
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute))
            ? TimeSpan.MaxValue
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit ?? collectionAge;
        StreamNamespaces =
            [.. type.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>().Select(a => a.StreamNamespace)];
        _stateParameters = StateParameter.Of(type);
        _factory = new Lazy<ObjectFactory>(
            () => Factories.GetOrAdd(type, t => ActivatorUtilities.CreateFactory(t, [.. _stateParameters.Select(p => p.Type)])));
    }

    private GrainClass(Type observerType)
        : this(observerType, TimeSpan.MaxValue) => IsReentrant = true;

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    /// <summary>The predicate of <see cref="MayInterleaveAttribute"/>: grain and request to yes or no.</summary>
    public Func<object, IInvokable, bool>? MayInterleave { get; }

    public StatelessWorkerAttribute? StatelessWorker { get; }

    public bool FiltersItsCalls { get; }

    public TimeSpan CollectionAge { get; }

    public IReadOnlyList<string> StreamNamespaces { get; }

    /// <summary>An observer is called like a reentrant grain that is never collected.</summary>
    public static GrainClass ForObserver(Type type) => new(type);

    public object CreateInstance(Activation activation)
    {
        object[]? arguments = _stateParameters.Length == 0 ? null : new object[_stateParameters.Length];
        for (var i = 0; i < _stateParameters.Length; i++) arguments![i] = _stateParameters[i].Create(activation);
        return _factory.Value(activation.ActivationServices, arguments);
    }

    private static GrainType DefaultGrainType(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return GrainType.Create(
            name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name);
    }
}
