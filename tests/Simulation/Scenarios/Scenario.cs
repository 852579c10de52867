using System.Globalization;
using Waqtor.Conversations;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Scenarios;

/// <summary>
/// What people will do in the run of a seed: bursts of a few minutes, many of them around the buffer's boundaries, and
/// long silences between them.
/// </summary>
internal sealed class Scenario
{
    // Conversations that are busy at the same time; the others of a seed are there and silent.
    private const int TalksMax = 5;

    private readonly SeededRandom _random;
    private readonly List<PlannedAction> _actions = [];
    private readonly BufferRule[] _rules;

    private Scenario(long seed)
    {
        Seed = seed;
        _random = new SeededRandom(seed, "scenario");
        Conversations = _random.Pick([2, 8, 16, 32, 64]);
        _rules = [.. Enumerable.Range(0, Conversations).Select(_ => Rule())];
        SetsClock = _random.Chance(0.3);
        Plan();
    }

    public long Seed { get; }

    public int Conversations { get; }

    public bool SetsClock { get; }

    public TimeSpan End { get; private set; }

    public IReadOnlyList<PlannedAction> Actions { get; private set; } = [];

    /// <summary>Faults, by number, that do not strike in this run.</summary>
    public IReadOnlySet<int> SkippedFaults { get; private set; } = new HashSet<int>();

    public IReadOnlySet<int> SkippedActions { get; private set; } = new HashSet<int>();

    public static Scenario Of(long seed) => new(seed);

    /// <summary>Another number lets the same people meet the same kinds of faults at other points. The shrinker's; 0 otherwise.</summary>
    public int Luck { get; private set; }

    /// <summary>The numbers of one concern.</summary>
    public SeededRandom Stream(string name) => new(Seed, Luck == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {Luck}"));

    /// <summary>The same with fewer actions and fewer faults.</summary>
    public Scenario Without(IReadOnlySet<int> actions, IReadOnlySet<int> faults, int luck = 0) => new(Seed)
    {
        Luck = luck,
        Actions = [.. Actions.Where(action => !actions.Contains(action.Number))],
        SkippedActions = new HashSet<int>(actions),
        SkippedFaults = new HashSet<int>(faults),
    };

    private void Plan()
    {
        var at = TimeSpan.FromSeconds(5);
        for (var conversation = 0; conversation < Conversations; conversation++)
        {
            if (_random.Chance(0.9)) Write(conversation, at + _random.Milliseconds(0, 60_000), _rules[conversation]);
        }

        for (var phases = _random.Next(1, 4); phases > 0; phases--)
        {
            var end = at + _random.Between(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2));
            for (var talks = _random.Next(1, TalksMax + 1); talks > 0; talks--) Talk(_random.Next(Conversations), at, end);
            Disturb(at, end);
            at = end + _random.Between(TimeSpan.FromMinutes(2), TimeSpan.FromHours(_random.Pick([0.5, 4, 16])));
        }

        End = at;
        Actions = [.. _actions.OrderBy(action => action.At).Select((action, number) => action with { Number = number })];
    }

    private void Talk(int conversation, TimeSpan from, TimeSpan to)
    {
        var at = from + _random.Milliseconds(0, 10_000);
        while (at < to)
        {
            Burst(conversation, at);
            if (_random.Chance(0.25)) Operate(conversation, at + _random.Milliseconds(0, 20_000));
            at += _random.Pick([_random.Milliseconds(500, 12_000), _random.Milliseconds(8_000, 40_000), _random.Milliseconds(20_000, 90_000)]);
        }
    }

    private void Burst(int conversation, TimeSpan at)
    {
        var rule = _rules[conversation];
        if (_random.Chance(0.03)) rule = rule with { Enabled = false };
        var window = rule.Window;
        var one = TimeSpan.FromMilliseconds(1);
        Write(conversation, at, rule, _random.Chance(0.1) ? _random.Next(2, 7) : 1);
        switch (_random.Next(7))
        {
            case 0:
                Write(conversation, at + window - one, rule);
                break;
            case 1:
                Write(conversation, at + window, rule);
                break;
            case 2:
                Write(conversation, at + window + one, rule);
                break;
            case 3:
                // Exactly full, and perhaps one too many at the very same time.
                for (var i = 1; i < rule.Messages + _random.Next(2); i++) Write(conversation, at + (_random.Chance(0.5) ? TimeSpan.Zero : _random.Milliseconds(0, 500)), rule);
                break;
            case 4:
                for (var i = 2; i < rule.Messages; i++) Write(conversation, at + _random.Milliseconds(0, 2_000), rule);
                Write(conversation, at + window - (_random.Chance(0.5) ? one : TimeSpan.Zero), rule);
                break;
            case 5:
                // While the batch is being answered and sent.
                for (var i = _random.Next(1, 4); i > 0; i--) Write(conversation, at + window + _random.Milliseconds(0, 1_500), rule);
                break;
            default:
                for (var i = _random.Next(0, 4); i > 0; i--) Write(conversation, at + _random.Milliseconds(0, (int)window.TotalMilliseconds), rule);
                break;
        }
    }

    private void Operate(int conversation, TimeSpan at)
    {
        switch (_random.Next(8))
        {
            case 0 or 1:
                Add(ActionKind.Flush, conversation, at);
                break;
            case 2:
                Add(ActionKind.Pause, conversation, at);
                Add(ActionKind.Resume, conversation, at + _random.Milliseconds(100, 60_000));
                break;
            case 3:
                _actions.Add(new PlannedAction(0, at, ActionKind.Pause, conversation) { Length = _random.Milliseconds(1_000, 60_000) });
                break;
            case 4:
                Add(ActionKind.Replay, conversation, at + _random.Milliseconds(0, 60_000));
                break;
            case 5:
                Add(ActionKind.Discard, conversation, at + _random.Milliseconds(0, 120_000));
                break;
            case 6:
                Add(ActionKind.MarkRead, conversation, at);
                break;
            default:
                Add(ActionKind.SendText, conversation, at);
                break;
        }
    }

    private void Disturb(TimeSpan from, TimeSpan to)
    {
        TimeSpan Some() => _random.Between(from, to + TimeSpan.FromSeconds(30));
        if (_random.Chance(0.2)) Add(ActionKind.Crash, 0, Some());
        if (_random.Chance(0.2)) Add(ActionKind.Restart, 0, Some());
        for (var i = _random.Chance(0.2) ? _random.Next(1, 4) : 0; i > 0; i--) Add(ActionKind.MoveGrain, _random.Next(Conversations), Some());
        if (!SetsClock) return;
        for (var i = _random.Next(0, 3); i > 0; i--)
        {
            _actions.Add(new PlannedAction(0, Some(), _random.Chance(0.5) ? ActionKind.ClockForward : ActionKind.ClockBack, 0)
            {
                Length = _random.Pick([_random.Milliseconds(1, 2_000), _random.Milliseconds(1_000, 60_000), TimeSpan.FromHours(1)]),
            });
        }
    }

    private void Write(int conversation, TimeSpan at, BufferRule rule, int messages = 1) =>
        _actions.Add(new PlannedAction(0, at, ActionKind.Write, conversation) { Rule = rule, Messages = messages });

    private void Add(ActionKind kind, int conversation, TimeSpan at) => _actions.Add(new PlannedAction(0, at, kind, conversation));

    private BufferRule Rule() => _random.Chance(0.7)
        ? new BufferRule()
        : new BufferRule { Seconds = _random.Pick([1, 2, 8, 20, 60]), Messages = _random.Pick([1, 2, 3, 5, 8]) };
}
