namespace Waqtor.Api.Devices;

/// <summary>Where a device's message stands.</summary>
/// <param name="Id">The device's own id.</param>
/// <param name="Status"><c>uploading</c>: chunks are missing; <c>uploaded</c>: all are here, to be completed; <c>delivered</c>: it is in the conversation.</param>
/// <param name="Received">Bytes of the upload that are durable: the next chunk begins here.</param>
/// <param name="UploadSize">Length of the whole upload; null when there is none.</param>
/// <param name="Duplicate">It was delivered before.</param>
public sealed record DeviceMessageAnswer(string Id, string Status, long Received, long? UploadSize, bool Duplicate = false)
{
    public const string Uploading = "uploading";
    public const string Uploaded = "uploaded";
    public const string Delivered = "delivered";
}
