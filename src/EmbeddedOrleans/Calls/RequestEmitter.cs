using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime;

namespace EmbeddedOrleans.Calls;

/// <summary>
/// Emits the request class of one method: a field per argument, the call itself, and access by index for call filters.
/// A trailing cancellation token is not a field; the grain gets a token of its own.
/// </summary>
internal static class RequestEmitter
{
    private const MethodAttributes Override =
        MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig;

    public static EmittedRequest Emit(ModuleBuilder module, Type interfaceType, MethodInfo method)
    {
        var result = ResultTypeOf(interfaceType, method);
        var baseType = result is null ? typeof(VoidRequest) : typeof(ResultRequest<>).MakeGenericType(result);
        var parameters = method.GetParameters();
        var takesCancellation = parameters is [.., { ParameterType: var last }] && last == typeof(CancellationToken);
        var argumentTypes = parameters.Take(
            parameters.Length - (takesCancellation ? 1 : 0)).Select(p => p.ParameterType).ToArray();

        var type = module.DefineType(
            $"{EmittedAssembly.UniqueName(interfaceType)}_{method.Name}_Request",
            TypeAttributes.Class | TypeAttributes.Sealed,
            baseType);
        var methodField = type.DefineField(
            "Descriptor", typeof(GrainMethod), FieldAttributes.Public | FieldAttributes.Static);
        var arguments = argumentTypes
            .Select((t, i) => type.DefineField($"Argument{i}", t, FieldAttributes.Public))
            .ToArray();
        EmitConstructor(type, baseType, methodField);
        EmitCall(type, baseType, method, arguments, takesCancellation);
        EmitGetArgumentCount(type, arguments.Length);
        EmitGetArgument(type, arguments);
        EmitSetArgument(type, arguments);

        var created = type.CreateType();
        created.GetField("Descriptor")!.SetValue(null, new GrainMethod(interfaceType, method));
        return new EmittedRequest(
            baseType,
            created.GetConstructor([])!,
            [.. arguments.Select(a => created.GetField(a.Name)!)],
            takesCancellation,
            SendMethodOf(result));
    }

    private static Type? ResultTypeOf(Type interfaceType, MethodInfo method)
    {
        var type = method.ReturnType;
        if (method.IsGenericMethod || method.GetParameters().Any(p => p.ParameterType.IsByRef))
        {
            throw new NotSupportedException(
                $"{interfaceType.FullName}.{method.Name}: "
                + "generic methods and by-reference parameters are not supported.");
        }

        if (type == typeof(Task) || type == typeof(ValueTask) || type == typeof(void)) return null;

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(Task<>) || definition == typeof(ValueTask<>)
            ? type.GetGenericArguments()[0]
            : throw new NotSupportedException(
                $"{interfaceType.FullName}.{method.Name} must return a Task or ValueTask.");
    }

    private static MethodInfo SendMethodOf(Type? result)
    {
        var name = result is null ? nameof(GrainReference.InvokeAsync) : nameof(GrainReference.InvokeForResultAsync);
        var method = typeof(GrainReference).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
        return result is null ? method : method.MakeGenericMethod(result);
    }

    private static void EmitConstructor(TypeBuilder type, Type baseType, FieldBuilder methodField)
    {
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, []).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldsfld, methodField);
        il.Emit(OpCodes.Call, baseType.GetConstructors(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0]);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitCall(
        TypeBuilder type, Type baseType, MethodInfo method, FieldBuilder[] arguments, bool takesCancellation)
    {
        var overridden = baseType.GetMethod(nameof(VoidRequest.Call))!;
        var il = type.DefineMethod(overridden.Name, Override, overridden.ReturnType, [typeof(object)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var argument in arguments)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, argument);
        }

        if (takesCancellation)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Call, typeof(GrainRequest).GetMethod(nameof(GrainRequest.GetCancellationToken))!);
        }

        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType == typeof(void))
        {
            il.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        }
        else if (method.ReturnType.IsValueType)
        {
            var valueTask = il.DeclareLocal(method.ReturnType);
            il.Emit(OpCodes.Stloc, valueTask);
            il.Emit(OpCodes.Ldloca, valueTask);
            il.Emit(OpCodes.Call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }

        il.Emit(OpCodes.Ret);
    }

    private static void EmitGetArgumentCount(TypeBuilder type, int count)
    {
        var il = type.DefineMethod(nameof(GrainRequest.GetArgumentCount), Override, typeof(int), []).GetILGenerator();
        il.Emit(OpCodes.Ldc_I4, count);
        il.Emit(OpCodes.Ret);
    }

    private static void EmitGetArgument(TypeBuilder type, FieldBuilder[] arguments)
    {
        var il = type.DefineMethod(
            nameof(GrainRequest.GetArgument), Override, typeof(object), [typeof(int)]).GetILGenerator();
        EmitSwitch(il, arguments, nameof(GrainRequest.GetArgument), argument =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, argument);
            il.Emit(OpCodes.Box, argument.FieldType);
        });
    }

    private static void EmitSetArgument(TypeBuilder type, FieldBuilder[] arguments)
    {
        var il = type.DefineMethod(
            nameof(GrainRequest.SetArgument), Override, typeof(void), [typeof(int), typeof(object)]).GetILGenerator();
        EmitSwitch(il, arguments, nameof(GrainRequest.SetArgument), argument =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Unbox_Any, argument.FieldType);
            il.Emit(OpCodes.Stfld, argument);
        });
    }

    private static void EmitSwitch(
        ILGenerator il, FieldBuilder[] arguments, string method, Action<FieldBuilder> emitCase)
    {
        var cases = arguments.Select(_ => il.DefineLabel()).ToArray();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, cases);

        // Any other index: the base class throws.
        var fallback = typeof(GrainRequest).GetMethod(method)!;
        il.Emit(OpCodes.Ldarg_0);
        for (var i = 1; i <= fallback.GetParameters().Length; i++) il.Emit(OpCodes.Ldarg, i);
        il.Emit(OpCodes.Call, fallback);
        il.Emit(OpCodes.Ret);
        for (var i = 0; i < cases.Length; i++)
        {
            il.MarkLabel(cases[i]);
            emitCase(arguments[i]);
            il.Emit(OpCodes.Ret);
        }
    }
}
