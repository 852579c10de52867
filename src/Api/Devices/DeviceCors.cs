using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Waqtor.Api.Realtime.Access;

namespace Waqtor.Api.Devices;

/// <summary>Which web pages may speak for devices. Tokens travel in a header and never in a cookie, so no page borrows another's.</summary>
internal sealed class DeviceCors(IOptions<DeviceMessagesOptions> options) : IConfigureOptions<CorsOptions>
{
    private static readonly TimeSpan PreflightKept = TimeSpan.FromHours(1);

    public void Configure(CorsOptions cors) => cors.AddPolicy(DeviceMessagesApi.CorsPolicy, policy =>
    {
        var origins = RealtimeAccess.Origins(options.Value.AllowedOrigins);
        if (origins is ["*"]) policy.AllowAnyOrigin();
        else policy.WithOrigins(origins);
        policy.WithHeaders("authorization", "content-type").WithMethods("GET", "POST", "PUT", "DELETE")
            .WithExposedHeaders("Retry-After").SetPreflightMaxAge(PreflightKept);
    });
}
