using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace EmbeddedOrleans.Calls;

/// <summary>
/// The dynamic assemblies that hold emitted classes, one per assembly with grain interfaces. Interfaces and their
/// arguments may be internal, so each is allowed to see the internals of what it works with; the runtime honours an
/// attribute of this name wherever it is defined.
/// </summary>
internal static class EmittedAssembly
{
    private static readonly ConcurrentDictionary<Assembly, Lazy<ModuleBuilder>> Modules = new();
    private static int _lastNumber;

    public static ModuleBuilder ModuleFor(Assembly assembly) =>
        Modules.GetOrAdd(assembly, static a => new Lazy<ModuleBuilder>(() => Define(a))).Value;

    public static string UniqueName(Type type) =>
        $"{type.FullName!.Replace('+', '_')}_{Interlocked.Increment(ref _lastNumber)}";

    private static ModuleBuilder Define(Assembly assembly)
    {
        var name = new AssemblyName($"EmbeddedOrleans.Emitted.{assembly.GetName().Name}");
        var builder = AssemblyBuilder.DefineDynamicAssembly(name, AssemblyBuilderAccess.Run);
        var module = builder.DefineDynamicModule(name.Name!);
        var attribute = DefineAccessAttribute(module);
        IEnumerable<string> visible =
        [
            typeof(EmittedAssembly).Assembly.GetName().Name!,
            assembly.GetName().Name!,
            .. assembly.GetReferencedAssemblies().Select(r => r.Name!),
        ];
        foreach (var assemblyName in visible.Distinct())
        {
            builder.SetCustomAttribute(new CustomAttributeBuilder(attribute, [assemblyName]));
        }

        return module;
    }

    private static ConstructorInfo DefineAccessAttribute(ModuleBuilder module)
    {
        var type = module.DefineType(
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute",
            TypeAttributes.Public | TypeAttributes.Sealed,
            typeof(Attribute));
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(string)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, typeof(Attribute).GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ret);
        type.SetCustomAttribute(new CustomAttributeBuilder(
            typeof(AttributeUsageAttribute).GetConstructor([typeof(AttributeTargets)])!,
            [AttributeTargets.Assembly],
            [typeof(AttributeUsageAttribute).GetProperty(nameof(AttributeUsageAttribute.AllowMultiple))!],
            [true]));
        return type.CreateType().GetConstructor([typeof(string)])!;
    }
}
