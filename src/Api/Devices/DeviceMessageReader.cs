using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Waqtor.Api.Problems;
using Waqtor.Messages;

namespace Waqtor.Api.Devices;

/// <summary>Checks what a device says of its message.</summary>
internal sealed partial class DeviceMessageReader(IOptions<DeviceMessagesOptions> options)
{
    private const string Gzip = "gzip";

    public (DeviceMessage? Message, Problem? Refusal) Read(DeviceMessageRequest request)
    {
        var limits = options.Value;
        var errors = new FieldErrors();
        var kind = request.Kind switch { "text" => MessageKind.Text, "audio" => MessageKind.Audio, _ => MessageKind.Unsupported };
        errors.Require(IsId(request.Id), "id", "1 to 100 of letters, digits and - _ . :");
        errors.Require(request.Sequence is >= 1 and <= 9_007_199_254_740_991, "sequence", "1 or more.");
        errors.Require(kind != MessageKind.Unsupported, "kind", "One of text, audio.");
        errors.Require(request.MimeType is null || AudioType().IsMatch(request.MimeType), "mimeType", "A media type such as audio/ogg.");
        errors.Require(request.Size >= 1 && request.Size <= limits.MessageBytesMax, "size", $"1 to {limits.MessageBytesMax} bytes.");
        errors.Require(request.Sha256 is { Length: 64 } hash && hash.AsSpan().IndexOfAnyExcept(HexDigits) < 0, "sha256", "SHA-256 in lower-case hex.");
        errors.Require(request.Encoding is null or "identity" or Gzip, "encoding", "One of identity, gzip.");
        var ways = (request.Text is null ? 0 : 1) + (request.Content is null ? 0 : 1) + (request.UploadSize is null ? 0 : 1);
        errors.Require(ways == 1, "content", "Exactly one of text, content, uploadSize.");
        errors.Require(request.Text is null || (kind == MessageKind.Text && request.Encoding is null or "identity"), "text", "Only of kind text, unpacked.");
        errors.Require(request.UploadSize is null or >= 1 && !(request.UploadSize > limits.MessageBytesMax), "uploadSize", $"1 to {limits.MessageBytesMax} bytes.");
        var metadata = request.Metadata is { ValueKind: System.Text.Json.JsonValueKind.Object } given ? given.GetRawText() : null;
        errors.Require(metadata is not null || request.Metadata is null or { ValueKind: System.Text.Json.JsonValueKind.Null }, "metadata", "An object.");
        errors.Require(metadata is null || Encoding.UTF8.GetByteCount(metadata) <= limits.MetadataBytesMax, "metadata", $"At most {limits.MetadataBytesMax} bytes.");
        if (errors.Problem is { } problem) return (null, problem);

        return (new DeviceMessage
        {
            Id = request.Id!,
            Sequence = request.Sequence,
            Kind = kind,
            MimeType = request.MimeType,
            Size = (int)request.Size,
            Sha256 = request.Sha256!,
            Gzip = request.Encoding == Gzip,
            UploadSize = (int)(request.UploadSize ?? 0),
            SentAt = request.SentAt,
            MetadataJson = metadata,
        }, null);
    }

    /// <summary>True for what a device may call a message.</summary>
    public static bool IsId(string? id) => id is { Length: >= 1 and <= 100 } && id.AsSpan().IndexOfAnyExcept(IdCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");

    private static readonly System.Buffers.SearchValues<char> IdCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    [GeneratedRegex(@"^audio/[\w.+-]{1,60}(; ?[\w-]{1,20}=""?[\w.,+-]{1,40}""?)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex AudioType();
}
