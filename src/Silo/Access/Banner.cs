using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Waqtor.Silo.Commands;
using Waqtor.Silo.Configuration;
using Waqtor.Silo.Data;

namespace Waqtor.Silo.Access;

/// <summary>What a person sees when the server is up: where it is and, the first time, what to try.</summary>
internal static class Banner
{
    /// <summary>Where such lines go: standard output belongs to the collector when it reads JSON from it.</summary>
    public static TextWriter Output(IConfiguration configuration) =>
        configuration.Get<LoggingOptions>(LoggingOptions.Section).Format == LogFormat.Json ? Console.Error : Console.Out;

    public static void Print(WebApplication server)
    {
        var output = Output(server.Configuration);
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        output.WriteLine($"WaQtor {Usage.Version} listens on {string.Join(", ", addresses)}, data in {server.Services.GetRequiredService<DataFolder>().Path}");
        if (server.Services.GetService<FirstStart>()?.MadeSandbox == true) output.WriteLine(FirstSteps(addresses.First()));
    }

    private static string FirstSteps(string address)
    {
        var phones = address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            + $"/api/sandbox/{FirstStart.SandboxName}/phones";
        return $$"""

            Try it (KEY is your admin API key): make a simulated phone, type on it, and read the answer on it 8 seconds later.

              curl -X PUT {{phones}}/15550001111 -H "X-API-Key: $KEY" -H 'Content-Type: application/json' -d '{"name":"Sara"}'
              curl {{phones}}/15550001111/messages -H "X-API-Key: $KEY" -H 'Content-Type: application/json' -d '{"text":"Hello!"}'
              curl {{phones}}/15550001111/messages -H "X-API-Key: $KEY"

            """;
    }
}
