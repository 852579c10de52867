using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Waqtor.Archive;
using Waqtor.Silo.Configuration;
using Waqtor.Silo.Health;

namespace Waqtor.House.Tests.Running;

public sealed class HealthTests
{
    [Fact]
    public async Task Ready_ArchiveAway_IsDegradedAndTellsNoAddress()
    {
        var entry = await CheckArchiveAsync(new FakeArchive(() => new ArchiveHealthReport(false, false, "Failed to connect to 10.1.2.3:5432")));

        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Description.ShouldBe("The archive does not work; lists and search fail, messages are still taken and answered.");
    }

    [Fact]
    public async Task Ready_ArchiveFailsUnexpectedly_IsDegradedAndTellsNoAddress()
    {
        var entry = await CheckArchiveAsync(new FakeArchive(() => throw new NotSupportedException("10.1.2.3")));

        entry.Status.ShouldBe(HealthStatus.Degraded);
        entry.Description.ShouldNotBeNull().ShouldNotContain("10.1.2.3");
    }

    [Fact]
    public async Task Ready_ArchiveWorks_IsHealthy() =>
        (await CheckArchiveAsync(new FakeArchive(() => new ArchiveHealthReport(true, true, null)))).Status.ShouldBe(HealthStatus.Healthy);

    private static async Task<HealthReportEntry> CheckArchiveAsync(IArchiveHealth archive)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton(TimeProvider.System).AddSingleton(archive).AddWaqtorHealth(ServerRole.Silo);
        await using var provider = services.BuildServiceProvider();
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "archive");
        return report.Entries["archive"];
    }

    private sealed class FakeArchive(Func<ArchiveHealthReport> answer) : IArchiveHealth
    {
        public Task<ArchiveHealthReport> CheckAsync(CancellationToken cancellationToken = default) => Task.FromResult(answer());
    }
}
