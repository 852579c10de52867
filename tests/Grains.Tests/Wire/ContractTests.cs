using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waqtor.Grains.Tests.Wire;

/// <summary>
/// Ids, aliases and types of all that is sent or stored are listed in <c>src/OrleansContracts.txt</c>: what is listed stays
/// as it is, since nodes of two versions run beside each other in every rolling restart. To list what is new, set
/// WAQTOR_WRITE_CONTRACTS to the repository's folder; what is given up keeps its line, with <c>retired</c> before it.
/// </summary>
public sealed class ContractTests
{
    public static TheoryData<string> States => [.. WireContracts.States.Select(WireContracts.Name)];

    [Fact]
    public void Contracts_OfThisBuild_AreThoseListed()
    {
        var printed = WireContracts.Print();
        if (Environment.GetEnvironmentVariable("WAQTOR_WRITE_CONTRACTS") is { Length: > 0 } root)
            File.WriteAllText(Path.Combine(root, "src", "OrleansContracts.txt"), printed);

        var listed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "OrleansContracts.txt"))
            .Where(line => !line.StartsWith("retired", StringComparison.Ordinal)).ToList();

        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.SequenceEqual(listed).ShouldBeTrue(
            "src/OrleansContracts.txt differs: run this test with WAQTOR_WRITE_CONTRACTS set to the repository's folder, and look that the change adds lines only. "
            + $"Not listed: {string.Join("; ", lines.Except(listed).Take(10))}. Not there: {string.Join("; ", listed.Except(lines).Take(10))}.");
    }

    [Theory, MemberData(nameof(States))]
    public void State_WithEveryMemberSet_SurvivesTheStoresJson(string name)
    {
        var type = WireContracts.States.First(state => WireContracts.Name(state) == name);
        var json = JsonSerializer.Serialize(SampleValues.Of(type), type, GrainStateJson.StoreOptions);

        var read = JsonSerializer.Deserialize(json, type, GrainStateJson.StoreOptions);

        JsonNode.DeepEquals(JsonNode.Parse(JsonSerializer.Serialize(read, type, GrainStateJson.StoreOptions)), JsonNode.Parse(json)).ShouldBeTrue(json);
        foreach (var (_, property) in WireContracts.Members(type).Where(member => member.Property.GetMethod!.IsPublic))
            json.ShouldContain($"\"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}\":", Case.Sensitive, $"{name} forgets {property.Name}");
    }
}
