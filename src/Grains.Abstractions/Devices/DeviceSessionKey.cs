using System.Security.Cryptography;
using System.Text;
using Waqtor.Messages;

namespace Waqtor.Devices;

/// <summary>
/// Key of <see cref="IDeviceSessionGrain"/>, computed from the instance and the operator's own name for the device, so
/// that opening a session again finds the same one and its conversation.
/// </summary>
public readonly record struct DeviceSessionKey(string Id)
{
    private const string ContactPrefix = "device:";

    /// <summary>The session of a device of an instance.</summary>
    public static DeviceSessionKey For(string instanceId, string deviceId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"device\n{instanceId}\n{deviceId}"), hash);
        // A UUID v8 (RFC 9562: own content), as for conversations.
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new($"{IdPrefix.DeviceSession}_{new Guid(hash[..16], bigEndian: true)}");
    }

    /// <summary>The session that a contact is; null for a contact of another channel.</summary>
    public static DeviceSessionKey? Of(ContactIdentity contact) =>
        contact.UserId is { } user && user.StartsWith(ContactPrefix, StringComparison.Ordinal) && TryParse(user[ContactPrefix.Length..], out var key)
            ? key
            : null;

    /// <summary>The contact that this session's conversation is with.</summary>
    public ContactIdentity ToContact(string? name) => new() { UserId = ContactPrefix + Id, Name = name };

    /// <summary>The id as it stands in routes and events, for example <c>dvs_0f3a…</c>.</summary>
    public override string ToString() => Id;

    /// <exception cref="FormatException">Not <c>dvs_</c> and a UUID.</exception>
    public static DeviceSessionKey Parse(string value) => TryParse(value, out var key)
        ? key
        : throw new FormatException("A device session id is dvs_ and a UUID.");

    /// <summary>False when the text is not <c>dvs_</c> and a UUID in lower case.</summary>
    public static bool TryParse(string? value, out DeviceSessionKey key)
    {
        const string Prefix = IdPrefix.DeviceSession + "_";
        key = default;
        if (value is null || !value.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (!Guid.TryParseExact(value.AsSpan(Prefix.Length), "D", out var id)) return false;
        key = new DeviceSessionKey(Prefix + id);
        return key.Id == value;
    }
}
