using System.Text.Json.Serialization;

namespace Waqtor.Messages;

/// <summary>What a message is, whatever the provider calls it. Written in camelCase on the wire.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MessageKind>))]
public enum MessageKind
{
    /// <summary>A kind this version does not know; the raw JSON is kept and shown.</summary>
    Unsupported = 0,
    Text = 1,
    Image = 2,
    Video = 3,
    Audio = 4,
    /// <summary>A recorded voice note.</summary>
    Voice = 5,
    Document = 6,
    Sticker = 7,
    ButtonReply = 8,
    ListReply = 9,
    /// <summary>A quick-reply button of a template message.</summary>
    TemplateReply = 10,
    /// <summary>The answer of a WhatsApp flow; the form is in the interactive content.</summary>
    FlowReply = 11,
    Location = 12,
    Contacts = 13,
    Order = 14,
    Poll = 15,
    /// <summary>An emoji put on another message; an empty emoji takes it away.</summary>
    Reaction = 16,
    /// <summary>New text for an earlier message.</summary>
    Edited = 17,
    /// <summary>An earlier message was taken back.</summary>
    Deleted = 18,
    /// <summary>A notice of the platform, such as a changed number.</summary>
    System = 19,
    /// <summary>A text of ours with buttons; the content's offer holds them.</summary>
    Buttons = 20,
    /// <summary>A text of ours with a list; the content's offer holds it.</summary>
    List = 21,
}
