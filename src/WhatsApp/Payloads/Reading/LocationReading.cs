using System.Text.Json;
using Waqtor.Messages;

namespace Waqtor.WhatsApp;

internal static class LocationReading
{
    /// <summary>Null unless both are degrees of this planet.</summary>
    public static LocationContent? Read(JsonElement words, double? latitude, double? longitude) =>
        latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180
            ? new LocationContent(latitude.Value, longitude.Value, words.Member("name"u8).Word(), words.Member("address"u8).Word(),
                words.Member("url"u8).Word(4_096))
            : null;
}
