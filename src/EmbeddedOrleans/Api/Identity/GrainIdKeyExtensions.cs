using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Orleans.Runtime;

/// <summary>
/// The text forms of keys, the same as on Orleans: a <see cref="Guid"/> as 32 digits, an integer in hexadecimal,
/// and a key extension after a plus sign.
/// </summary>
public static class GrainIdKeyExtensions
{
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    public static IdSpan CreateIntegerKey(long key, string? keyExtension) =>
        string.IsNullOrWhiteSpace(keyExtension)
            ? CreateIntegerKey(key)
            : IdSpan.Create(string.Create(CultureInfo.InvariantCulture, $"{key:X}+{keyExtension}"));

    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) =>
        string.IsNullOrWhiteSpace(keyExtension) ? CreateGuidKey(key) : IdSpan.Create($"{key:N}+{keyExtension}");

    public static bool TryGetIntegerKey(this GrainId grainId, out long key, [NotNullWhen(true)] out string? keyExt)
    {
        Split(grainId, out var first, out keyExt);
        return long.TryParse(first, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);
    }

    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetIntegerKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException($"The key of grain {grainId} is not an integer");

    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, [NotNullWhen(true)] out string? keyExt)
    {
        Split(grainId, out var first, out keyExt);
        return Guid.TryParseExact(first, "N", out key);
    }

    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetGuidKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException($"The key of grain {grainId} is not a Guid");

    private static void Split(GrainId grainId, out string first, out string? extension)
    {
        var text = grainId.Key.ToString();
        var separator = text.IndexOf('+', StringComparison.Ordinal);
        first = separator < 0 ? text : text[..separator];
        extension = separator < 0 ? null : text[(separator + 1)..];
    }
}
