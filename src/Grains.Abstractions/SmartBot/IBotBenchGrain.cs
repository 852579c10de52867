using Orleans.Concurrency;

namespace Waqtor.SmartBot;

/// <summary>Worker that answers a text by the same engine as the live bot, and sends nothing.</summary>
[Alias("waqtor.IBotBenchGrain")]
public interface IBotBenchGrain : IGrainWithIntegerKey
{
    /// <summary>Null: no such instance.</summary>
    [Alias("TestAsync"), ResponseTimeout("00:01:30")]
    Task<BotTestResult?> TestAsync(BotTest test);
}
