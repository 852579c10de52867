using Orleans.Runtime;
using Orleans.Storage;
using Waqtor.Access;
using Waqtor.Api.Access;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Silo.Configuration;
using Waqtor.Silo.Engines;

namespace Waqtor.Silo.Access;

/// <summary>
/// Makes a fresh server usable: the sandbox instance, so that there is something to try, and an administrator's key unless
/// the operator gave one. Runs after the engine has started and before the first request is taken.
/// </summary>
internal sealed class FirstStart(
    IGrainFactory grains,
    [FromKeyedServices(EngineNames.Storage)] IGrainStorage storage,
    SiloOptions options,
    TimeProvider clock,
    TextWriter output) : IHostedService
{
    public const string SandboxName = "sandbox";

    private const string StateName = "first-start";
    private const string SandboxFallbackText = "Thank you! We got {{messageCount}} message(s) from you:\n{{text}}";

    /// <summary>True when this start made the sandbox.</summary>
    public bool MadeSandbox { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.CreateSandbox) await UntilReachable.RunAsync(EnsureSandboxAsync, clock, cancellationToken);
        if (string.IsNullOrEmpty(options.AdminKey)) await UntilReachable.RunAsync(EnsureAdminKeyAsync, clock, cancellationToken);
        else if (options.AdminKey.Length < ApiKeySecret.CharactersAdvised)
            await output.WriteLineAsync($"Waqtor:AdminKey has fewer than {ApiKeySecret.CharactersAdvised} characters: use a longer one where others can reach this server.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Whether it was done is kept in the store: an owner who deleted the sandbox does not want it back.
    private async Task EnsureSandboxAsync()
    {
        var id = GrainId.Create(StateName, "waqtor");
        var state = new GrainState<FirstStartState> { State = new FirstStartState() };
        await storage.ReadStateAsync(StateName, id, state);
        if (state.RecordExists) return;

        MadeSandbox = await grains.GetGrain<IInstanceGrain>(SandboxName).CreateAsync(
            new InstanceSettings { Provider = ProviderKind.Sandbox, FallbackText = SandboxFallbackText, Buffer = new BufferRule() },
            new InstanceCredentials()) is not null;
        state.State = new FirstStartState { DoneAt = clock.GetUtcNow() };
        try
        {
            await storage.WriteStateAsync(StateName, id, state);
        }
        catch (InconsistentStateException)
        {
            // Another node of the cluster has its first start at the same time, and has noted it.
        }
    }

    // Printed before it is made valid: a crash in between costs a useless line and never locks the owner out.
    private async Task EnsureAdminKeyAsync()
    {
        var keys = grains.GetGrain<IApiKeyDirectoryGrain>(0);
        if (await keys.HasAdminAsync()) return;
        var key = ApiKeySecret.New();
        await output.WriteLineAsync($"""

            The admin API key, shown this one time:

              {key}

            """);
        await output.FlushAsync();
        await keys.CreateAsync(new ApiKeyDefinition
        {
            Name = "First admin",
            Role = Role.Admin,
            Hash = ApiKeySecret.HashHex(key),
            Prefix = key[..ApiKeySecret.PrefixCharactersShown],
        });
    }
}
