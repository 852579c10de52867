using System.Text.Json;

namespace Waqtor.TestKit.Engines;

/// <summary>How state becomes bytes: the JSON of the product's stores, and plain JSON for the state of tests.</summary>
internal static class StateJson
{
    public static JsonSerializerOptions Options { get; } = new(GrainStateJson.StoreOptions);
}
