using System.Reflection;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Activations;

/// <summary>Binds the method that <see cref="MayInterleaveAttribute"/> names.</summary>
internal static class InterleavePredicate
{
    public static Func<object, IInvokable, bool>? Of(Type grainClass)
    {
        if (grainClass.GetCustomAttribute<MayInterleaveAttribute>() is not { } attribute) return null;

        var method = grainClass.GetMethod(
            attribute.CallbackMethodName,
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
                | BindingFlags.FlattenHierarchy);
        if (method is null
            || method.ReturnType != typeof(bool)
            || method.GetParameters() is not [{ ParameterType: var parameter }]
            || parameter != typeof(IInvokable))
        {
            throw new InvalidOperationException(
                $"{grainClass.FullName} must have the method 'bool {attribute.CallbackMethodName}(IInvokable)' "
                + "that its MayInterleave attribute names.");
        }

        if (method.IsStatic)
        {
            var predicate = method.CreateDelegate<Func<IInvokable, bool>>();
            return (_, request) => predicate(request);
        }

        return (Func<object, IInvokable, bool>)typeof(InterleavePredicate)
            .GetMethod(nameof(Bind), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(grainClass)
            .Invoke(null, [method])!;
    }

    private static Func<object, IInvokable, bool> Bind<TGrain>(MethodInfo method)
    {
        var predicate = method.CreateDelegate<Func<TGrain, IInvokable, bool>>();
        return (grain, request) => predicate((TGrain)grain, request);
    }
}
