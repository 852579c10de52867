using System.Reflection;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;

namespace EmbeddedOrleans.Activations;

/// <summary>One constructor parameter marked with <see cref="PersistentStateAttribute"/>.</summary>
internal sealed class StateParameter
{
    private static readonly MethodInfo CreateStateMethod =
        typeof(StateParameter).GetMethod(nameof(CreateState), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly string _stateName;
    private readonly string _storageName;
    private readonly Func<string, IGrainStorage, Activation, object> _create;

    private StateParameter(ParameterInfo parameter, PersistentStateAttribute attribute)
    {
        Type = parameter.ParameterType;
        if (!Type.IsGenericType || Type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException(
                $"Parameter '{parameter.Name}' of {parameter.Member.DeclaringType} "
                + "is marked PersistentState and must be an IPersistentState<T>.");
        }

        _stateName = attribute.StateName;
        _storageName = attribute.StorageName ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        _create = CreateStateMethod.MakeGenericMethod(Type.GetGenericArguments())
            .CreateDelegate<Func<string, IGrainStorage, Activation, object>>();
    }

    public Type Type { get; }

    public static StateParameter[] Of(Type grainClass)
    {
        foreach (var constructor in grainClass.GetConstructors())
        {
            StateParameter[] found =
            [
                .. from parameter in constructor.GetParameters()
                   let attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()
                   where attribute is not null
                   select new StateParameter(parameter, attribute),
            ];
            if (found.Length > 0) return found;
        }

        return [];
    }

    public object Create(Activation activation)
    {
        var storage = activation.Runtime.Services.GetKeyedService<IGrainStorage>(_storageName)
            ?? throw new BadProviderConfigException(
                $"{activation.Class.Type} keeps the state '{_stateName}' "
                + $"in the storage '{_storageName}', which is not configured.");
        return _create(_stateName, storage, activation);
    }

    private static PersistentState<T> CreateState<T>(string stateName, IGrainStorage storage, Activation activation)
    {
        var state = new PersistentState<T>(stateName, storage, activation);
        activation.AddStateFacet(state);
        return state;
    }
}
