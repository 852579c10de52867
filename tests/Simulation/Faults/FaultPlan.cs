using Waqtor.Simulation.Scenarios;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Faults;

/// <summary>
/// Decides at each point where a fault could be whether it is. A seed turns on some kinds only, because a world where
/// everything fails hides what a single fault would show.
/// </summary>
internal sealed class FaultPlan
{
    private static readonly Dictionary<FaultKind, double> Rates = new()
    {
        [FaultKind.StoreSlow] = 0.03,
        [FaultKind.StoreStalled] = 0.002,
        [FaultKind.StoreRefused] = 0.02,
        [FaultKind.SyncFailed] = 0.02,
        [FaultKind.GroupTorn] = 0.01,
        [FaultKind.DiskFull] = 0.002,
        [FaultKind.CrashBeforeWrite] = 0.004,
        [FaultKind.CrashDuringWrite] = 0.006,
        [FaultKind.CrashAfterWrite] = 0.006,
        [FaultKind.CallLost] = 0.01,
        [FaultKind.AnswerLost] = 0.01,
        [FaultKind.ArchiveFailed] = 0.04,
        [FaultKind.ArchiveAnswerLost] = 0.03,
        [FaultKind.BotFailed] = 0.15,
        [FaultKind.BotSilent] = 0.03,
        [FaultKind.BotSlow] = 0.2,
        [FaultKind.ProviderRefused] = 0.03,
        [FaultKind.ProviderThrottled] = 0.08,
        [FaultKind.ProviderBroken] = 0.15,
        [FaultKind.ProviderSilent] = 0.05,
        [FaultKind.ProviderTimeoutAfterEffect] = 0.1,
        [FaultKind.StatusTwice] = 0.2,
        [FaultKind.StatusDisordered] = 0.3,
        [FaultKind.Echo] = 0.3,
        [FaultKind.DeliveredTwice] = 0.15,
        [FaultKind.DeliveredLate] = 0.15,
    };

    private readonly SeededRandom _random;
    private readonly Dictionary<FaultKind, double> _rates = [];
    private readonly Coverage _coverage;
    private readonly IReadOnlySet<int> _skipped;
    private readonly Action<FaultKind, string, int> _told;
    private readonly int _crashesMax;
    private int _crashes;

    public FaultPlan(Scenario scenario, Coverage coverage, Action<FaultKind, string, int> told)
    {
        _random = new SeededRandom(scenario.Seed, "faults");
        _coverage = coverage;
        _skipped = scenario.SkippedFaults;
        _told = told;
        _crashesMax = _random.Next(1, 6);

        // One seed in twelve is a quiet day: there the exact rules hold without any excuse.
        var share = _random.Chance(1.0 / 12) ? 0 : _random.Pick([0.15, 0.3, 0.5]);
        foreach (var (kind, rate) in Rates)
        {
            var isOn = _random.Chance(share);
            var strength = _random.Pick([0.5, 1.0, 3.0]);
            if (isOn) _rates[kind] = Math.Min(0.5, rate * strength);
        }

        if (scenario.Luck != 0) _random = scenario.Stream("faults");
    }

    /// <summary>Faults so far: each has its number, by which the shrinker leaves it out.</summary>
    public int Injected { get; private set; }

    public bool IsOver { get; set; }

    public bool IsOn(FaultKind kind) => _rates.ContainsKey(kind);

    /// <param name="kind">What could go wrong now.</param>
    /// <param name="place">Where, as the coverage report names it.</param>
    public bool Strikes(FaultKind kind, string place)
    {
        if (IsOver || !_rates.TryGetValue(kind, out var rate) || !_random.Chance(rate)) return false;
        var isCrash = kind is FaultKind.CrashBeforeWrite or FaultKind.CrashDuringWrite or FaultKind.CrashAfterWrite;
        if (isCrash && _crashes >= _crashesMax) return false;
        var number = Injected++;
        if (_skipped.Contains(number)) return false;
        if (isCrash) _crashes++;
        Note(kind, place, number);
        return true;
    }

    /// <summary>A fault that the scenario itself brings.</summary>
    public void Note(FaultKind kind, string place, int number = -1)
    {
        _coverage.Count(kind, place);
        _told(kind, place, number);
    }

    /// <summary>A length that belongs to a fault that strikes.</summary>
    public TimeSpan Length(int leastMilliseconds, int mostMilliseconds) => _random.Milliseconds(leastMilliseconds, mostMilliseconds);

    public bool Either() => _random.Chance(0.5);
}
