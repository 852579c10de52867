namespace Waqtor.WhatsApp;

/// <summary>Limits and addresses of the vendor edge. Section <c>Waqtor:WhatsApp</c>.</summary>
public sealed class WhatsAppOptions
{
    public const string Section = "WhatsApp";

    /// <summary>Deepest nesting of a webhook body; deeper ones are refused. Default: 64; 8 to 512.</summary>
    public int JsonDepthMax { get; set; } = 64;

    /// <summary>
    /// Raw JSON kept beside a message or as a notice, in UTF-8 bytes. Longer JSON is replaced by
    /// <c>{"truncated":true,"bytes":…,"head":"…"}</c>, which stays valid JSON. Default: 65536; 1024 to 1048576.
    /// </summary>
    public int RawJsonBytesMax { get; set; } = 65_536;

    /// <summary>
    /// Seconds for one attempt to send, connecting and reading the answer included; of this and
    /// <c>Waqtor:Sending:AttemptTimeoutSeconds</c> the shorter counts. Default: 10; 1 to 120.
    /// </summary>
    public int SendTimeoutSeconds { get; set; } = 10;

    /// <summary>Time to connect to a provider. Default: 5; 1 to 60.</summary>
    public int ConnectTimeoutSeconds { get; set; } = 5;

    /// <summary>Longest answer of a provider that is read. Default: 65536; 1024 to 16777216.</summary>
    public int AnswerBytesMax { get; set; } = 65_536;

    /// <summary>Connections kept to one provider host. Default: 64; 1 to 4096.</summary>
    public int ConnectionsPerHostMax { get; set; } = 64;

    /// <summary>Address of Meta's Graph API where an instance has no <c>baseUrl</c>. Default: https://graph.facebook.com.</summary>
    public string CloudBaseUrl { get; set; } = "https://graph.facebook.com";

    /// <summary>Version of Meta's Graph API, without the v. Default: 23.0.</summary>
    public string CloudApiVersion { get; set; } = "23.0";
}
