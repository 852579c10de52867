using Waqtor.Instances;

namespace Waqtor.Api.Instances;

/// <summary>The connection of an instance to WhatsApp.</summary>
public sealed record SessionAnswer(
    string Instance, SessionStatus Status, DateTimeOffset ChangedAt, string? Reason, string? QrCode, string? PairingCode, string? Phone, string? ProfileName)
{
    public static SessionAnswer For(InstanceRecord instance) => new(
        instance.Name, instance.Session.Status, instance.Session.ChangedAt, instance.Session.Reason, instance.Session.QrCode,
        instance.Session.PairingCode, instance.Session.Phone, instance.Session.ProfileName);
}
