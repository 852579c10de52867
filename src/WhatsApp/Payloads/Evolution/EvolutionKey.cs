using System.Text.Json;

namespace Waqtor.WhatsApp;

/// <summary>The <c>key</c> of a message: its id, its chat by one or two addresses, and who wrote.</summary>
internal readonly record struct EvolutionKey
{
    public string? Id { get; private init; }
    public bool? FromMe { get; private init; }
    private string? Chat { get; init; }
    private string? ChatOtherwise { get; init; }
    private string? Participant { get; init; }
    private string? ParticipantOtherwise { get; init; }

    /// <summary>From a key object, or from an update that has the same members in itself (<c>keyId</c>, <c>remoteJid</c>).</summary>
    public static EvolutionKey Read(JsonElement key)
    {
        var result = default(EvolutionKey);
        if (!key.IsObject()) return result;
        foreach (var member in key.EnumerateObject())
        {
            // In the order of how often each is there. The last three pairs are names of older versions.
            if (member.NameEquals("remoteJid"u8)) result = result with { Chat = member.Value.Text() };
            else if (member.NameEquals("fromMe"u8)) result = result with { FromMe = member.Value.Flag() };
            else if (member.NameEquals("id"u8)) result = result with { Id = result.Id ?? member.Value.Identifier() };
            else if (member.NameEquals("keyId"u8)) result = result with { Id = member.Value.Identifier() ?? result.Id };
            else if (member.NameEquals("participant"u8)) result = result with { Participant = member.Value.Text() };
            else if (member.NameEquals("remoteJidAlt"u8) || member.NameEquals("senderPn"u8) || member.NameEquals("previousRemoteJid"u8))
                result = result with { ChatOtherwise = member.Value.Word() ?? result.ChatOtherwise };
            else if (member.NameEquals("participantAlt"u8) || member.NameEquals("participantPn"u8))
                result = result with { ParticipantOtherwise = member.Value.Word() ?? result.ParticipantOtherwise };
        }

        return result;
    }

    public EvolutionKey WithId(string id) => this with { Id = id };

    public ChatParties Parties(string? name) => new()
    {
        Chat = Chat,
        ChatOtherwise = ChatOtherwise,
        Participant = Participant,
        ParticipantOtherwise = ParticipantOtherwise,
        FromMe = FromMe == true,
        Name = name,
    };
}
