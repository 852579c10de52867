using Waqtor.Api.Problems;
using Waqtor.Devices;

namespace Waqtor.Api.Devices;

/// <summary>Asked before anything is done for a device: whether its session is open, for this token, and not too busy.</summary>
internal sealed class DeviceGate(IGrainFactory grains, DeviceRates rates)
{
    public Problem? CheckRate(DeviceCaller caller) => rates.TryAcquire(caller.SessionId)
        ? null
        : new Problem(429, ProblemCode.RateLimited, "The session calls too often.") { RetryAfterSeconds = 1 };

    public async Task<(DeviceSessionRecord? Session, Problem? Refusal)> EnterAsync(DeviceCaller caller)
    {
        if (CheckRate(caller) is { } tooOften) return (null, tooOften);
        var session = await Grain(caller).GetAsync();
        return session is { ClosedAt: null } && session.Opening == caller.Opening
            ? (session, null)
            : (null, new Problem(403, ProblemCode.SessionClosed, "The session is closed."));
    }

    public IDeviceSessionGrain Grain(DeviceCaller caller) => grains.GetGrain<IDeviceSessionGrain>(caller.SessionId);
}
