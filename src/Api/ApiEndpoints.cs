using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waqtor.Api.Access;
using Waqtor.Api.Addresses;
using Waqtor.Api.Conversations;
using Waqtor.Api.Deliveries;
using Waqtor.Api.Devices;
using Waqtor.Api.Inbound;
using Waqtor.Api.Instances;
using Waqtor.Api.Messages;
using Waqtor.Api.OpenApi;
using Waqtor.Api.Problems;
using Waqtor.Api.Queue;
using Waqtor.Api.Realtime;
using Waqtor.Api.Realtime.Access;
using Waqtor.Api.Realtime.Monitor;
using Waqtor.Api.Realtime.Transports;
using Waqtor.Api.Sandbox;
using Waqtor.Api.SmartBot;

namespace Waqtor.Api;

/// <summary>Everything under <c>/api</c>, in the order a request meets it.</summary>
public static class ApiEndpoints
{
    public static WebApplication MapWaqtorApi(this WebApplication app)
    {
        app.UseProxies();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<VersionPrefix>();
        app.UseRouting();
        app.UseMiddleware<AnswerHeaders>();
        // The routes of devices and of the feed have a policy; all others answer pages of their own origin alone.
        app.UseCors();
        app.UseRealtime();
        // Keys are read by the policies; the webhooks' door ends before this and pays nothing for it.
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<IdempotencyMiddleware>();

        var api = app.MapGroup("/api");
        app.Services.GetRequiredService<InboundApi>().Map(api);
        api.MapInstancesApi();
        api.MapSessionApi();
        api.MapConversationsApi();
        api.MapMessagesApi();
        api.MapDeliveriesApi();
        api.MapQueueApi();
        api.MapDeadLettersApi();
        api.MapSandboxApi();
        api.MapDeviceSessionsApi();
        api.MapDeviceMessagesApi();
        api.MapSmartBotApi();
        api.MapBrowserSessionsApi();
        api.MapTicketsApi();
        api.MapEventStreamsApi();
        api.MapMonitorApi();
        api.MapKeysApi();
        app.MapRealtime();
        app.MapWaqtorOpenApi();
        return app;
    }
}
