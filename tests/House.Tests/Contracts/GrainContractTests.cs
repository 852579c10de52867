using System.Reflection;
using Orleans;

namespace Waqtor.House.Tests.Contracts;

public sealed class GrainContractTests
{
    [Fact]
    public void GrainInterface_Alias_IsSetAndUnique()
    {
        WireTypes.GrainInterfaces.ShouldNotBeEmpty();
        WireTypes.GrainInterfaces.Where(type => type.GetCustomAttribute<AliasAttribute>() is null).Select(type => type.FullName).ShouldBeEmpty();
        WireTypes.GrainInterfaces.Select(type => type.GetCustomAttribute<AliasAttribute>()!.Alias).ShouldBeUnique();
    }

    [Fact]
    public void GrainMethod_Alias_IsSetAndUniqueInItsInterface()
    {
        foreach (var type in WireTypes.GrainInterfaces)
        {
            var aliases = type.GetMethods().Select(method => (method.Name, Alias: method.GetCustomAttribute<AliasAttribute>()?.Alias)).ToList();

            aliases.Where(method => method.Alias is null).Select(method => method.Name).ShouldBeEmpty(type.FullName);
            aliases.Select(method => method.Alias).ShouldBeUnique(type.FullName);
        }
    }

    [Fact]
    public void GrainMethod_Name_EndsInAsyncAndReturnsATask()
    {
        var faults = WireTypes.GrainInterfaces.SelectMany(type => type.GetMethods()
            .Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal) || !IsTask(method.ReturnType))
            .Select(method => $"{type.FullName}.{method.Name}"));

        faults.ShouldBeEmpty();
    }

    [Fact]
    public void GrainMethod_ParametersAndReturn_AreImmutable()
    {
        var faults = WireTypes.GrainInterfaces.SelectMany(type => type.GetMethods().SelectMany(method => method.GetParameters()
            .Select(parameter => parameter.ParameterType)
            .Concat(method.ReturnType.GetGenericArguments())
            .Where(used => !WireTypes.IsImmutable(used))
            .Select(used => $"{type.FullName}.{method.Name}: {used}")));

        faults.ShouldBeEmpty();
    }

    [Fact]
    public void GrainClass_GrainType_IsSetAndUnique()
    {
        WireTypes.GrainClasses.ShouldNotBeEmpty();
        WireTypes.GrainClasses.Where(type => GrainType(type) is null).Select(type => type.FullName).ShouldBeEmpty("without [GrainType] a rename loses what is stored");
        WireTypes.GrainClasses.Select(GrainType).ShouldBeUnique();
    }

    [Fact]
    public void GrainInterface_Implementation_Exists()
    {
        var missing = WireTypes.GrainInterfaces.Where(type => !WireTypes.GrainClasses.Any(type.IsAssignableFrom));

        missing.Select(type => type.FullName).ShouldBeEmpty();
    }

    // Orleans derives the stored name of a grain from it, so it is part of the contract.
    private static string? GrainType(Type type) => type.GetCustomAttributesData()
        .FirstOrDefault(data => data.AttributeType.Name == "GrainTypeAttribute")?.ConstructorArguments[0].Value as string;

    private static bool IsTask(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));
}
