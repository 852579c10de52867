using System.Text.Json;

namespace Waqtor.Api.Devices;

/// <summary>
/// A message of a device. Its content comes along as <c>text</c> or <c>content</c>, or in chunks afterwards when
/// <c>uploadSize</c> says how long it will be.
/// </summary>
/// <param name="Id">The device's own id, 1 to 100 of letters, digits and <c>-_.:</c>; repeated sends of the same id are stored once.</param>
/// <param name="Sequence">Place in the session, from 1; each message has a higher one than the last.</param>
/// <param name="Kind"><c>text</c> or <c>audio</c>.</param>
/// <param name="MimeType">Of audio, for example <c>audio/ogg</c>.</param>
/// <param name="Size">Length of the content in bytes, unpacked; a text's is of its UTF-8.</param>
/// <param name="Sha256">Of the content, unpacked, in lower-case hex.</param>
/// <param name="Encoding"><c>identity</c> or <c>gzip</c>: how the content was packed for the way. Default: <c>identity</c>.</param>
/// <param name="Text">A short text as it is.</param>
/// <param name="Content">Short content as base64, packed as <c>encoding</c> says.</param>
/// <param name="UploadSize">Length of what will come in chunks, packed.</param>
/// <param name="SentAt">When the person sent it.</param>
/// <param name="Metadata">An object with whatever the device wants kept: session, device, audio, processing, user context.</param>
public sealed record DeviceMessageRequest(
    string? Id, long Sequence, string? Kind, string? MimeType, long Size, string? Sha256, string? Encoding, string? Text, string? Content,
    long? UploadSize, DateTimeOffset? SentAt, JsonElement? Metadata);
