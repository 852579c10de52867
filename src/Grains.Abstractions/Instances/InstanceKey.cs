namespace Waqtor.Instances;

/// <summary>Key of <see cref="IInstanceGrain"/>: the instance's name in lower case, 1 to 64 of a-z, 0-9, dash and underscore.</summary>
public readonly record struct InstanceKey(string Name)
{
    public const int NameCharactersMax = 64;

    public override string ToString() => Name;

    /// <exception cref="FormatException">Not a name.</exception>
    public static InstanceKey Parse(string value) => TryParse(value, out var key)
        ? key
        : throw new FormatException("An instance name has 1 to 64 of a-z, 0-9, dash and underscore, and begins with a letter or digit.");

    public static bool TryParse(string? value, out InstanceKey key)
    {
        key = default;
        if (value is not { Length: > 0 and <= NameCharactersMax } || !char.IsAsciiLetterOrDigit(value[0])) return false;
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_')) return false;
        }

        key = new InstanceKey(value);
        return true;
    }
}
