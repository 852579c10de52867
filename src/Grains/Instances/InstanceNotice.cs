using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Waqtor.Instances;

/// <summary>A provider's notice that has no record of its own.</summary>
public static class InstanceNotice
{
    /// <summary>What a repeated notice of the same delivery is known by.</summary>
    public static string Fingerprint(string deliveryId, string field, string json) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{deliveryId}\n{field}\n{json}")).AsSpan(0, 16));

    /// <summary>The event's JSON: where the notice came from and, untouched, what it says.</summary>
    public static string Wrap(string deliveryId, string field, string json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("deliveryId", deliveryId);
            writer.WriteString("field", field);
            writer.WritePropertyName("value");
            if (IsJson(json)) writer.WriteRawValue(json, skipInputValidation: true);
            else writer.WriteStringValue(json);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
