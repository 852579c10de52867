using System.Text.Json;

namespace Waqtor.Api.Tests.Hosting;

/// <summary>Shorter ways into JSON.</summary>
internal static class JsonReading
{
    public static List<JsonElement> Items(this JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
