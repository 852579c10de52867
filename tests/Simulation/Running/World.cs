using System.Globalization;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Simulation.Bugs;
using Waqtor.Simulation.Disk;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Model;
using Waqtor.Simulation.Outside;
using Waqtor.Simulation.Scenarios;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Running;

/// <summary>Everything of one run: the machine, the people around it, and the judge.</summary>
internal sealed partial class World
{
    public const string Cloud = "shop";
    public const string Gateway = "bazaar";

    // Longer than all retries of the worst batch together.
    private static readonly TimeSpan DrainMax = TimeSpan.FromMinutes(40);
    private const long StepsOfOneInstantMax = 50_000;

    private readonly SeededRandom _random;
    private readonly ProcessClock _peopleClock;
    private ServerProcess? _process;
    private ServerProcess? _dying;
    private int _processes;
    private int _message;
    private TimeSpan _instant;
    private long _stepsBefore;

    public World(Scenario scenario, PlantedBug bug, bool keepsLines)
    {
        Scenario = scenario;
        Bug = bug;
        _random = scenario.Stream("world");
        Time = new VirtualTime(scenario.Stream("time"));
        Scheduler = new SeededScheduler(scenario.Stream("turns"));
        Timeline = new Timeline(Time, keepsLines);
        Faults = new FaultPlan(scenario, Coverage,
            (kind, place, number) => Timeline.Note("FAULT", kind.ToString(), number < 0 ? place : $"{place} (fault {number})"));
        Disk = new SimulatedDisk(scenario.Stream("disk"), Coverage);
        Ids = new SeededIds(Time, scenario.Stream("ids"));
        Archive = new SimulatedArchive(this);
        Provider = new SimulatedProvider(this);
        FrontDoor = new FrontDoor(this);
        Oracle = new Oracle(this);
        Disk.BecameDurable = Oracle.BecameDurable;
        _peopleClock = new ProcessClock(Time, () => true);
    }

    public Scenario Scenario { get; }

    public PlantedBug Bug { get; }

    public VirtualTime Time { get; }

    public SeededScheduler Scheduler { get; }

    public Timeline Timeline { get; }

    public Coverage Coverage { get; } = new();

    public FaultPlan Faults { get; }

    public SimulatedDisk Disk { get; }

    public SeededIds Ids { get; }

    public SimulatedArchive Archive { get; }

    public SimulatedProvider Provider { get; }

    public FrontDoor FrontDoor { get; }

    public Oracle Oracle { get; }

    public TimeSpan DiskFullUntil { get; set; }

    public IReadOnlyList<Contact> Contacts { get; private set; } = [];

    public bool IsUp { get; private set; }

    public ServerProcess Process => _process!;

    public IClusterClient Client => _process!.Client;

    /// <summary>When the running process was ready.</summary>
    public TimeSpan UpSince { get; private set; }

    public TimeSpan LastCrashAt { get; private set; } = TimeSpan.MinValue;

    public TimeSpan LastClockSetAt { get; private set; } = TimeSpan.MinValue;

    public Contact ContactOf(string conversationId) => Contacts.First(contact => contact.ConversationId == conversationId);

    public Task Delay(TimeSpan time) => Task.Delay(time, _peopleClock);

    /// <summary>Looks every millisecond until it is so; for what ends a process in good order.</summary>
    public async Task Waits(Func<bool> isSo)
    {
        while (!isSo()) await Delay(TimeSpan.FromMilliseconds(1));
    }

    public void Run()
    {
        Faults.IsOver = true;
        Start(TimeSpan.Zero);
        Loop(TimeSpan.FromSeconds(60), () => IsUp);
        Contacts = [];
        var prepared = Scheduler.Begin(PrepareAsync);
        Loop(Time.Now + TimeSpan.FromSeconds(60), () => prepared.IsCompleted);
        if (!prepared.IsCompletedSuccessfully) throw new InvalidOperationException("The world could not be prepared.", prepared.Exception);
        Faults.IsOver = false;
        var start = Time.Now;
        foreach (var action in Scenario.Actions) Time.At(start + action.At, () => Act(action));
        Loop(start + Scenario.End);
        Faults.IsOver = true;
        DiskFullUntil = TimeSpan.Zero;
        Timeline.Note("world", "the faults are over");
        var lastAt = Time.Now;
        while (Oracle.Violation is null && Time.Now < lastAt + DrainMax && !(IsUp && FrontDoor.Open == 0 && Oracle.IsAtRest()))
            Loop(Time.Now + TimeSpan.FromSeconds(20));
        // What is at rest leaves memory, and writes what it only remembered.
        Loop(Time.Now + TimeSpan.FromMinutes(3));
        if (Oracle.Violation is null) Oracle.JudgeTheEnd();
    }

    public void End()
    {
        _process?.Bury();
        _process = null;
    }

    private void Loop(TimeSpan end, Func<bool>? isDone = null)
    {
        while (Oracle.Violation is null && isDone?.Invoke() != true)
        {
            if (Scheduler.Ready > 0 && !(Time.HasEventNow && _random.Chance(0.3))) Scheduler.RunOne();
            else if (!Time.RunNext(end) && Scheduler.Ready == 0) break;
            if (_dying is not null) BuryTheDead();
            if (Scheduler.Leak is { } leak) Oracle.Violated("determinism", leak);
            if (Time.Now != _instant)
            {
                _instant = Time.Now;
                _stepsBefore = Scheduler.Steps;
            }
            else if (Scheduler.Steps - _stepsBefore > StepsOfOneInstantMax)
            {
                Oracle.Violated("livelock", $"More than {StepsOfOneInstantMax} steps and no time passes.");
            }
        }
    }
}
