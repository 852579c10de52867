using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedOrleans.Tests.Activations;

public sealed class InjectionTests : ClusterTest
{
    public interface IInjectedGrain : IGrainWithStringKey
    {
        Task<string> DescribeAsync();
    }

    [Fact]
    public async Task Constructor_GetsServices() =>
        (await Grain<IInjectedGrain>().DescribeAsync()).ShouldBe("2026-01-01 keyed scoped=1");

    // Counts the services of one silo, and there are two.
    [Fact, Trait("Engine", "Embedded")]
    public async Task ScopedServices_BelongToTheActivation()
    {
        await Grain<IInjectedGrain>("a").DescribeAsync();

        (await Grain<IInjectedGrain>("b").DescribeAsync()).ShouldEndWith("scoped=2");

        await Cluster.DeactivateAsync(Grain<IInjectedGrain>("a"));
        Gates.Notes.ShouldBe(["scope 1 disposed"]);
    }

    protected override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<ActivationCounter>();
        services.AddScoped<ScopedPart>();
        services.AddKeyedSingleton("name", "keyed");
    }

    internal sealed class ScopedPart(ActivationCounter counter, Gates gates) : IDisposable
    {
        public int Number { get; } = counter.Next();

        public void Dispose() => gates.Note($"scope {Number} disposed");
    }

    internal sealed class InjectedGrain(
        TimeProvider clock, ILogger<InjectedGrain> logger, [FromKeyedServices("name")] string name, ScopedPart part)
        : Grain, IInjectedGrain
    {
        public Task<string> DescribeAsync()
        {
            ArgumentNullException.ThrowIfNull(logger);
            return Task.FromResult($"{clock.GetUtcNow():yyyy-MM-dd} {name} scoped={part.Number}");
        }
    }
}
