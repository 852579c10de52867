using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Waqtor.Silo.Configuration;

namespace Waqtor.House.Tests.Configuration;

public sealed class ConfigurationReferenceTests
{
    private const string Page = "docs/operating/configuration.md";

    [Fact]
    public void ConfigurationPage_InDocs_IsWhatTheProgramPrints() =>
        Repository.Read(Page).ShouldBe(ConfigurationReference.Print(), $"run: dotnet run --project src/Silo -- config-doc > {Page}");

    [Fact]
    public void OptionsKey_InThePage_IsExplained()
    {
        var bare = OptionsCatalog.Entries.SelectMany(entry => OptionsCatalog.Keys(entry.Type).Select(key => $"{entry.Section}:{key.Name}"))
            .Where(key => ConfigurationReference.Print().Contains($"| `{key}` |", StringComparison.Ordinal))
            .Where(key => ConfigurationReference.Print().Split('\n').Any(line => line.StartsWith($"| `{key}` |", StringComparison.Ordinal) && line.EndsWith("|  |", StringComparison.Ordinal)));

        bare.ShouldBeEmpty("the key has no doc comment");
    }

    [Fact]
    public void OptionsType_InSource_SaysItsSection()
    {
        var listed = OptionsCatalog.Entries.Select(entry => entry.Type).ToHashSet();
        var nested = listed.SelectMany(OptionsCatalog.Keys).Select(key => key.PropertyType).ToHashSet();
        var forgotten = OwnAssemblies.ByProject.Where(project => project.Key != "EmbeddedOrleans")
            .SelectMany(project => project.Value.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Where(type => !IsRecord(type) && !listed.Contains(type) && !nested.Contains(type));

        forgotten.Select(type => type.FullName).ShouldBeEmpty("public const string Section is missing, so check-config and the reference do not know it");
    }

    [Fact]
    public void OptionsType_IsSealedAndSaysItsLimits()
    {
        var faults = OptionsCatalog.Entries.SelectMany(entry => OptionsCatalog.Keys(entry.Type)
            .Where(key => IsNumber(key.PropertyType) && !Attribute.IsDefined(key, typeof(RangeAttribute)) && !HasValidator(entry.Type))
            .Select(key => $"{entry.Section}:{key.Name} has neither [Range] nor a validator of its type")
            .Concat(entry.Type.IsSealed ? [] : [$"{entry.Type.FullName} is not sealed"]));

        faults.ShouldBeEmpty();
    }

    // A record named so is part of a request.
    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool HasValidator(Type options) => options.Assembly.GetTypes()
        .Any(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(IValidateOptions<>).MakeGenericType(options)));

    private static bool IsNumber(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(int) || plain == typeof(long) || plain == typeof(double);
    }
}
