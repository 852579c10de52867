using Waqtor.Instances;

namespace Waqtor.Api.Instances;

/// <summary>Providers as they stand in addresses and JSON.</summary>
internal static class ProviderWords
{
    public static string Of(ProviderKind provider) => provider switch
    {
        ProviderKind.Sandbox => "sandbox",
        ProviderKind.Cloud => "cloud",
        ProviderKind.Evolution => "evolution",
        ProviderKind.Waha => "waha",
        ProviderKind.Generic => "generic",
        _ => throw new ArgumentOutOfRangeException(nameof(provider)),
    };

    public static bool TryParse(string? word, out ProviderKind provider)
    {
        switch (word)
        {
            case "cloud": provider = ProviderKind.Cloud; return true;
            case "evolution": provider = ProviderKind.Evolution; return true;
            case "waha": provider = ProviderKind.Waha; return true;
            case "generic": provider = ProviderKind.Generic; return true;
            case "sandbox": provider = ProviderKind.Sandbox; return true;
            default: provider = default; return false;
        }
    }
}
