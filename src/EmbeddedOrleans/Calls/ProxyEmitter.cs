using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime;

namespace EmbeddedOrleans.Calls;

/// <summary>
/// Emits, for an interface, a class derived from <see cref="GrainReference"/> whose methods pack their arguments into a
/// request class of their own (see <see cref="RequestEmitter"/>) and hand it to the runtime.
/// </summary>
internal static class ProxyEmitter
{
    private static readonly ConstructorInfo BaseConstructor = typeof(GrainReference).GetConstructor(
        BindingFlags.Instance | BindingFlags.NonPublic, [typeof(GrainRuntime), typeof(GrainId)])!;

    public static Type Emit(Type interfaceType)
    {
        if (!interfaceType.IsInterface) throw new ArgumentException($"{interfaceType} is not an interface.");

        var module = EmittedAssembly.ModuleFor(interfaceType.Assembly);
        var name = $"{EmittedAssembly.UniqueName(interfaceType)}_Reference";
        var proxy = module.DefineType(
            name, TypeAttributes.Class | TypeAttributes.Sealed, typeof(GrainReference), [interfaceType]);
        EmitConstructor(proxy);
        EmitInterfaceName(proxy, interfaceType);

        IEnumerable<Type> interfaces = [interfaceType, .. interfaceType.GetInterfaces()];
        foreach (var method in interfaces.SelectMany(i => i.GetMethods(BindingFlags.Public | BindingFlags.Instance)))
        {
            var request = RequestEmitter.Emit(module, interfaceType, method);
            EmitMethod(proxy, method, request);
        }

        return proxy.CreateType();
    }

    private static void EmitConstructor(TypeBuilder proxy)
    {
        var constructor = proxy.DefineConstructor(
            MethodAttributes.Public, CallingConventions.HasThis, [typeof(GrainRuntime), typeof(GrainId)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, BaseConstructor);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitInterfaceName(TypeBuilder proxy, Type interfaceType)
    {
        var getter = typeof(GrainReference).GetProperty(nameof(GrainReference.InterfaceName))!.GetMethod!;
        var method = proxy.DefineMethod(
            getter.Name, MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(
                string), []);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldstr, interfaceType.Name);
        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(method, getter);
    }

    private static void EmitMethod(TypeBuilder proxy, MethodInfo method, EmittedRequest request)
    {
        var parameters = method.GetParameters();
        var body = proxy.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final
                | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            method.ReturnType,
            [.. parameters.Select(p => p.ParameterType)]);
        var il = body.GetILGenerator();

        // new Request { arguments }
        il.Emit(OpCodes.Newobj, request.Constructor);
        for (var i = 0; i < request.Arguments.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, i + 1);
            il.Emit(OpCodes.Stfld, request.Arguments[i]);
        }

        if (request.TakesCancellation)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, parameters.Length);
            il.Emit(OpCodes.Call, typeof(GrainRequest).GetMethod(nameof(GrainRequest.SetCancellation))!);
        }

        // this.InvokeAsync(request), as the declared kind of task
        var local = il.DeclareLocal(request.BaseType);
        il.Emit(OpCodes.Stloc, local);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, local);
        il.Emit(OpCodes.Call, request.SendMethod);
        EmitConversion(il, method.ReturnType);
        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(body, method);
    }

    private static void EmitConversion(ILGenerator il, Type returnType)
    {
        if (returnType == typeof(void))
        {
            il.Emit(OpCodes.Pop);
        }
        else if (returnType == typeof(ValueTask))
        {
            il.Emit(OpCodes.Newobj, typeof(ValueTask).GetConstructor([typeof(Task)])!);
        }
        else if (returnType.IsGenericType && returnType.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            var task = typeof(Task<>).MakeGenericType(returnType.GetGenericArguments());
            il.Emit(OpCodes.Newobj, returnType.GetConstructor([task])!);
        }
    }
}
