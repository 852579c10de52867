namespace Waqtor.WhatsApp;

public enum SignatureVerdict
{
    Valid,
    /// <summary>Wrong, missing, expired or of an algorithm that is not accepted.</summary>
    Invalid,
    /// <summary>The instance has no secret to check with.</summary>
    NotConfigured,
}
