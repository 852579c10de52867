namespace Waqtor.Api.Devices;

/// <summary>An unfinished upload: what it will be and how much of it is here.</summary>
internal sealed record DeviceUpload(DeviceMessage Message, long Received)
{
    public bool IsWhole => Received == Message.UploadSize;
}
