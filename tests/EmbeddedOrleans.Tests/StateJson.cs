using System.Text.Json;

namespace Waqtor.TestKit.Engines;

/// <summary>How the fixture of the other engine stores state: plain JSON; the product's own belongs to its grains.</summary>
internal static class StateJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}
