using System.Security.Claims;

namespace Waqtor.Api.Devices;

/// <summary>Carries the <see cref="DeviceCaller"/> through ASP.NET Core's authentication. No policy of the roles knows it.</summary>
internal sealed class DeviceIdentity(DeviceCaller caller)
    : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.SessionId)], DeviceAuthenticationHandler.SchemeName)
{
    public DeviceCaller Caller { get; } = caller;

    // A claims identity may be cloned by the framework; the caller goes along.
    public override ClaimsIdentity Clone() => new DeviceIdentity(Caller);
}
