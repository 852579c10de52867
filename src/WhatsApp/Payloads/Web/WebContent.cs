using Waqtor.Messages;

namespace Waqtor.WhatsApp;

/// <summary>What a message of the WhatsApp Web protocol says.</summary>
internal sealed record WebContent
{
    public MessageKind Kind { get; init; }
    public string? Text { get; init; }
    public MessageContent? Content { get; init; }
    /// <summary>A code of <see cref="IgnoredReason"/> when people are not meant to see it.</summary>
    public string? Ignored { get; init; }
    public ReadOnlyMemory<byte>? MediaBytes { get; init; }
}
