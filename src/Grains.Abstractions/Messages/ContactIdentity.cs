using System.Text.Json.Serialization;

namespace Waqtor.Messages;

/// <summary>
/// Whom a message is from or to, by every id the provider gave. A contact may come without a phone number
/// (business-scoped user ids of 2026, <c>@lid</c> addresses), so none of them is always there.
/// </summary>
[GenerateSerializer, Immutable, Alias("waqtor.contact-identity")]
public sealed record ContactIdentity
{
    /// <summary>Digits only, with country code, without a plus sign.</summary>
    [Id(0)] public string? Phone { get; init; }
    /// <summary>The local part of a <c>…@lid</c> address.</summary>
    [Id(1)] public string? Lid { get; init; }
    /// <summary>A business-scoped user id such as <c>US.1349…</c>.</summary>
    [Id(2)] public string? UserId { get; init; }
    /// <summary>Set when the chat is a group; then the other ids name the participant who wrote.</summary>
    [Id(3)] public string? GroupId { get; init; }
    [Id(4)] public string? Name { get; init; }
    [Id(5)] public string? Username { get; init; }
    /// <summary>The business-scoped user id that all numbers of one portfolio share, such as <c>US.ENT.118…</c>.</summary>
    [Id(6)] public string? ParentUserId { get; init; }

    /// <summary>True when nothing here can address a chat.</summary>
    [JsonIgnore]
    public bool IsEmpty => Phone is null && Lid is null && UserId is null && GroupId is null;
}
