namespace Waqtor.Devices;

/// <summary>The names of the events a device gets; contracts with clients outside.</summary>
public static class DeviceEventNames
{
    public const string ProcessingUpdate = "processing_update";
    public const string TextResponse = "text_response";
    public const string ErrorResponse = "error_response";
}
