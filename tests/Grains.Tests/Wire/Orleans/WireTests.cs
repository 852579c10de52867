using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Waqtor.Grains.Tests.Wire;

/// <summary>
/// What travels between silos survives it, also from a node of an older version: its bytes are golden files. To write those
/// of new types, set WAQTOR_WRITE_WIRE to this project's folder Golden; old lines stay as they are.
/// </summary>
public sealed class WireTests
{
    private const string GoldenFile = "wire.v1.json";

    private static readonly Serializer Sut = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private static readonly JsonObject Golden =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", GoldenFile)))!.AsObject();

    public static TheoryData<string> Names => [.. WireContracts.Types.Where(type => !type.IsGenericTypeDefinition).Select(WireContracts.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Value_SentToAnotherSilo_ArrivesWhole(string name)
    {
        var sample = SampleValues.Of(TypeOf(name));

        var arrived = Sut.Deserialize<object>(Sut.SerializeToArray(sample));

        arrived.ShouldBeOfType(sample.GetType());
        JsonNode.DeepEquals(Json(arrived), Json(sample)).ShouldBeTrue($"{Json(sample)} became {Json(arrived)}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Value_SentByAnOlderNode_IsRead(string name)
    {
        if (Environment.GetEnvironmentVariable("WAQTOR_WRITE_WIRE") is { Length: > 0 } folder) Write(folder, name);

        var golden = Golden[name].ShouldNotBeNull($"{name} is new: run these tests on Orleans with WAQTOR_WRITE_WIRE set to tests/Grains.Tests/Golden");
        var read = Sut.Deserialize<object>(Convert.FromBase64String((string)golden["wire"]!));

        Contains(Json(read), golden["json"]).ShouldBeTrue($"{golden["json"]} is read as {Json(read)}");
    }

    private static Type TypeOf(string name) => WireContracts.Types.First(type => WireContracts.Name(type) == name);

    private static JsonNode? Json(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), GrainStateJson.StoreOptions);

    // Members that the older version did not have may be there.
    private static bool Contains(JsonNode? read, JsonNode? golden) => (read, golden) switch
    {
        (JsonObject now, JsonObject then) => then.All(member => now.TryGetPropertyValue(member.Key, out var value) && Contains(value, member.Value)),
        (JsonArray now, JsonArray then) => now.Count == then.Count && now.Zip(then).All(pair => Contains(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(read, golden),
    };

    private static void Write(string folder, string name)
    {
        if (Golden.ContainsKey(name)) return;
        var sample = SampleValues.Of(TypeOf(name));
        Golden[name] = new JsonObject { ["wire"] = Convert.ToBase64String(Sut.SerializeToArray(sample)), ["json"] = Json(sample) };
        File.WriteAllText(Path.Combine(folder, GoldenFile), Golden.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
    }
}
