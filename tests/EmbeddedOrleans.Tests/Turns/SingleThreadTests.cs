using EmbeddedOrleans.Hosting;
using EmbeddedOrleans.Scheduling;
using EmbeddedOrleans.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace EmbeddedOrleans.Tests.Turns;

/// <summary>
/// What a simulation needs: with a scheduler, a clock and a store of its own the whole silo runs on one thread, and the
/// order of everything follows from the choices of the scheduler.
/// </summary>
public sealed class SingleThreadTests
{
    [Fact]
    public void Silo_OnOneThread_SameSeedGivesTheSameTrace()
    {
        var first = Run(seed: 1);

        Run(seed: 1).ShouldBe(first);
        Enumerable.Range(2, 10).Select(Run).ShouldContain(trace => !trace.SequenceEqual(first));
    }

    private static List<string> Run(int seed)
    {
        var scheduler = new SeededScheduler(seed);
        var clock = new ManualTimeProvider();
        var notes = new Notebook(Environment.CurrentManagedThreadId);
        using var host = Build(scheduler, clock, notes);

        // The host itself goes over the thread pool between its services; the silo does not.
        var silo = host.Services.GetRequiredService<EmbeddedSilo>();
        scheduler.RunUntil(silo.StartAsync(CancellationToken.None));

        var factory = host.Services.GetRequiredService<IGrainFactory>();
        var calls = Enumerable.Range(0, 5).Select(i => factory.GetGrain<ITracedGrain>($"{i}").StartAsync()).ToList();
        scheduler.RunUntil(Task.WhenAll(calls));
        for (var step = 0; step < 40; step++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            scheduler.RunAll();
        }

        scheduler.RunUntil(silo.StopAsync(CancellationToken.None));
        notes.ForeignThreads.ShouldBe(0);
        return notes.Lines;
    }

    private static IHost Build(SeededScheduler scheduler, ManualTimeProvider clock, Notebook notes)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(notes);
        builder.Services.AddSingleton<Gates>();
        builder.UseOrleans(silo => silo.UseWorkScheduler(scheduler).UseStore(new MemoryStore()));
        return builder.Build();
    }

    internal interface ITracedGrain : IGrainWithStringKey
    {
        Task StartAsync();

        Task<int> AddAsync(int number);
    }

    internal sealed class TracedGrain(
        [PersistentState("s")] IPersistentState<State.Counted> state, Notebook notes, TimeProvider clock)
        : Grain, ITracedGrain, IRemindable
    {
        public async Task StartAsync()
        {
            notes.Add($"{this.GetPrimaryKeyString()} starts");
            this.RegisterGrainTimer(OnTimerAsync, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3));
            await this.RegisterOrUpdateReminder("r", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1));
            var others = Enumerable.Range(0, 5).Where(i => $"{i}" != this.GetPrimaryKeyString());
            await Task.WhenAll(others.Select(i => GrainFactory.GetGrain<ITracedGrain>($"other {i}").AddAsync(i)));
            notes.Add($"{this.GetPrimaryKeyString()} started");
        }

        public async Task<int> AddAsync(int number)
        {
            state.State.Count += number;
            await state.WriteStateAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(0), clock);
            notes.Add($"{this.GetPrimaryKeyString()} has {state.State.Count}");
            return state.State.Count;
        }

        public Task ReceiveReminder(string reminderName, TickStatus status)
        {
            notes.Add($"{this.GetPrimaryKeyString()} reminded");
            return Task.CompletedTask;
        }

        private async Task OnTimerAsync()
        {
            notes.Add($"{this.GetPrimaryKeyString()} ticks");
            await GrainFactory.GetGrain<ITracedGrain>("other 1").AddAsync(1);
        }
    }

    internal sealed class Notebook(int threadId)
    {
        public List<string> Lines { get; } = [];

        public int ForeignThreads { get; private set; }

        public void Add(string line)
        {
            if (Environment.CurrentManagedThreadId != threadId) ForeignThreads++;
            Lines.Add(line);
        }
    }

    private sealed class SeededScheduler(int seed) : IWorkScheduler
    {
        private readonly Random _random = new(seed);
        private readonly List<IThreadPoolWorkItem> _ready = [];
        private readonly int _threadId = Environment.CurrentManagedThreadId;

        public int TurnsPerSlice => 1;

        public void Queue(IThreadPoolWorkItem item)
        {
            Environment.CurrentManagedThreadId.ShouldBe(_threadId);
            _ready.Add(item);
        }

        public void RunAll()
        {
            while (_ready.Count > 0)
            {
                var index = _random.Next(_ready.Count);
                var item = _ready[index];
                _ready.RemoveAt(index);
                item.Execute();
            }
        }

        public void RunUntil(Task task)
        {
            RunAll();
            task.IsCompleted.ShouldBeTrue("Something waits that no turn will bring.");
            task.GetAwaiter().GetResult();
        }
    }
}
