using System.Reflection;
using Orleans;

namespace Waqtor.House.Tests.Contracts;

public sealed class WireTypeTests
{
    [Fact]
    public void SerializedType_Alias_IsSetAndUnique()
    {
        WireTypes.Serialized.Where(type => Alias(type) is null).Select(type => type.FullName).ShouldBeEmpty("without [Alias] a rename breaks what is stored");
        WireTypes.Serialized.GroupBy(Alias).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(type => type.FullName))}").ShouldBeEmpty();
    }

    [Fact]
    public void SerializedType_Ids_AreExplicitUniqueAndContiguous()
    {
        WireTypes.Serialized.SelectMany(IdFaults).ShouldBeEmpty();
    }

    [Fact]
    public void GrainCall_Types_AreSerializable()
    {
        var missing = WireTypes.Closure(WireTypes.InSignatures())
            .Where(type => !type.IsEnum && !type.IsInterface && type.GetCustomAttribute<GenerateSerializerAttribute>() is null);

        missing.Select(type => type.FullName).ShouldBeEmpty("[GenerateSerializer] is missing");
    }

    [Fact]
    public void StateType_AndItsParts_AreSerializable()
    {
        var missing = WireTypes.Closure(WireTypes.StateRoots)
            .Where(type => !type.IsEnum && type.GetCustomAttribute<GenerateSerializerAttribute>() is null);

        missing.Select(type => type.FullName).ShouldBeEmpty("[GenerateSerializer] is missing");
    }

    [Fact]
    public void WireType_InAbstractions_IsImmutable()
    {
        var mutable = WireTypes.Serialized.Where(type => type.Assembly == OwnAssemblies.Abstractions)
            .Where(type => type.GetCustomAttribute<ImmutableAttribute>() is null);

        mutable.Select(type => type.FullName).ShouldBeEmpty("[Immutable] is missing: the engine would copy it at every call");
    }

    [Fact]
    public void ImmutableType_Members_CannotBeChanged()
    {
        var faults = WireTypes.Serialized.Where(type => type.GetCustomAttribute<ImmutableAttribute>() is not null)
            .SelectMany(type => WireTypes.Members(type)
                .Where(member => !WireTypes.IsImmutable(WireTypes.TypeOf(member)) || !IsInitOnly(member))
                .Select(member => $"{type.FullName}.{member.Name}: {WireTypes.TypeOf(member).Name}"));

        faults.ShouldBeEmpty();
    }

    private static string? Alias(Type type) => type.GetCustomAttribute<AliasAttribute>()?.Alias;

    private static IEnumerable<string> IdFaults(Type type)
    {
        var members = WireTypes.Members(type).Select(member => (member.Name, Id: member.GetCustomAttribute<IdAttribute>()?.Id)).ToList();
        foreach (var (name, _) in members.Where(member => member.Id is null)) yield return $"{type.FullName}.{name} has no [Id]";

        var ids = members.Where(member => member.Id is not null).Select(member => (int)member.Id!.Value).Order().ToList();
        if (!ids.SequenceEqual(Enumerable.Range(0, ids.Count))) yield return $"{type.FullName} has the ids {string.Join(", ", ids)}";
    }

    private static bool IsInitOnly(MemberInfo member) => member switch
    {
        PropertyInfo { SetMethod: { } setter } => setter.ReturnParameter.GetRequiredCustomModifiers()
            .Any(modifier => modifier.FullName == "System.Runtime.CompilerServices.IsExternalInit"),
        FieldInfo field => field.IsInitOnly,
        _ => true,
    };
}
