using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waqtor;

/// <summary>Enums travel as camelCase words; numbers are refused, so that a renumbering is never silent.</summary>
public sealed class CamelCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
