using System.ComponentModel.DataAnnotations;

namespace Waqtor.Sandbox;

/// <summary>Limits of the simulated WhatsApp: section <c>Waqtor:Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Phones of one instance. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int PhonesMax { get; set; } = 1_000;

    /// <summary>Messages a phone shows. Default: 200.</summary>
    [Range(10, 10_000)]
    public int ScreenMessagesMax { get; set; } = 200;
}
