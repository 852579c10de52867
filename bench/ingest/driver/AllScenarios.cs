namespace Waqtor.Bench.Ingest;

/// <summary>Everything, in the order of the table.</summary>
public static class AllScenarios
{
    public static async Task<int> RunAsync(Settings settings)
    {
        var failures = 0;
        foreach (var scenario in (Func<Settings, Task<int>>[])
            [AcksScenario.RunAsync, SteadyScenario.RunAsync, FlushScenario.RunAsync, StartScenario.RunAsync, KnownScenario.RunAsync, MemoryScenario.RunAsync])
            failures += await scenario(settings);
        return failures;
    }
}
