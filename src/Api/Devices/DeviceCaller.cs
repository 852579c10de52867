using Microsoft.AspNetCore.Http;

namespace Waqtor.Api.Devices;

/// <summary>The device that asks: one session of one instance, nothing else.</summary>
internal sealed record DeviceCaller(string SessionId, string InstanceId, string Instance, int Opening, DateTimeOffset ExpiresAt)
{
    public static ValueTask<DeviceCaller?> BindAsync(HttpContext context) => new((context.User.Identity as DeviceIdentity)?.Caller);
}
