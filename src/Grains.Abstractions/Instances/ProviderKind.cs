using System.Text.Json.Serialization;

namespace Waqtor.Instances;

/// <summary>How an instance reaches WhatsApp.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ProviderKind>))]
public enum ProviderKind
{
    /// <summary>A simulated WhatsApp inside this server.</summary>
    Sandbox = 0,
    /// <summary>Meta WhatsApp Cloud API.</summary>
    Cloud = 1,
    /// <summary>Evolution API v2.</summary>
    Evolution = 2,
    /// <summary>WAHA and its look-alikes.</summary>
    Waha = 3,
    /// <summary>Our own small JSON; for channels without a connector.</summary>
    Generic = 4,
}
