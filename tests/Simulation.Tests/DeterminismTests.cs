using System.Diagnostics;
using System.Globalization;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Tests;

public sealed class DeterminismTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(41)]
    [InlineData(99)]
    public void Seed_RunTwice_LeavesTheSameTrace(long seed)
    {
        var first = Simulator.Run(seed);
        var second = Simulator.Run(seed);

        second.TraceHash.ShouldBe(first.TraceHash);
        second.Steps.ShouldBe(first.Steps);
        second.Virtual.ShouldBe(first.Virtual);
    }

    [Fact]
    public void Seed_RunBesideOthers_LeavesTheSameTrace()
    {
        long[] seeds = [5, 6, 7, 8, 9, 10];
        var alone = seeds.Select(seed => Simulator.Run(seed).TraceHash).ToList();
        var together = new ulong[seeds.Length];

        var threads = seeds.Select((seed, i) => new Thread(() => together[i] = Simulator.Run(seed).TraceHash)).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        together.ShouldBe(alone);
    }

    [Fact]
    public async Task Seed_RunInAnotherProcess_LeavesTheSameTrace()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Simulator).Assembly.Location, "--seed", "29"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        text.ShouldContain("trace " + Simulator.Run(29).TraceHash.ToString("x16", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Seeds_ThatDiffer_LeaveDifferentTraces() =>
        Enumerable.Range(1, 20).Select(seed => Simulator.Run(seed).TraceHash).Distinct().Count().ShouldBe(20);

    [Fact]
    public void Timeline_WhenKept_ChangesNothing() => Simulator.Run(12, keepsLines: true).TraceHash.ShouldBe(Simulator.Run(12).TraceHash);
}
