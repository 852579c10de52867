using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Waqtor.WhatsApp.Tests;

/// <summary>The payload files and the parsers for them.</summary>
internal static class Samples
{
    public static readonly string[] Providers = ["cloud", "evolution", "waha", "generic"];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Payloads");

    /// <summary>As <c>cloud/pywa_msg_text</c>.</summary>
    public static IEnumerable<string> Names() => Providers.SelectMany(provider => Directory
        .EnumerateFiles(Path.Combine(Folder, provider), "*.json")
        .Where(file => !file.EndsWith(".expected.json", StringComparison.Ordinal))
        .Select(file => $"{provider}/{Path.GetFileNameWithoutExtension(file)}")
        .Order(StringComparer.Ordinal));

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));

    public static string? ReadExpected(string name)
    {
        var file = Path.Combine(Folder, name + ".expected.json");
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>Only on demand: writes what is, for a person to compare with what should be.</summary>
    public static void WriteExpected(string name, string json, [CallerFilePath] string here = "") =>
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "Payloads", name + ".expected.json"), json);

    public static IDeliveryParser ParserFor(string name, WhatsAppOptions? options = null)
    {
        var given = Options.Create(options ?? new WhatsAppOptions());
        return name[..name.IndexOf('/', StringComparison.Ordinal)] switch
        {
            "cloud" => new CloudDeliveryParser(given),
            "evolution" => new EvolutionDeliveryParser(given),
            "waha" => new WahaDeliveryParser(given),
            _ => new GenericDeliveryParser(given),
        };
    }

    public static IEnumerable<IDeliveryParser> AllParsers() => Providers.Select(provider => ParserFor(provider + "/"));
}
