namespace Waqtor.Sandbox;

/// <summary>Key of <see cref="ISandboxPhoneGrain"/>: the instance's name and the phone.</summary>
public readonly record struct SandboxPhoneKey(string Instance, string Phone)
{
    /// <summary>The instance's name holds no slash, so the first one divides.</summary>
    public override string ToString() => $"{Instance}/{Phone}";

    /// <exception cref="FormatException">There is no slash.</exception>
    public static SandboxPhoneKey Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new SandboxPhoneKey(key[..slash], key[(slash + 1)..])
            : throw new FormatException("A sandbox phone key is instance/phone.");
    }
}
