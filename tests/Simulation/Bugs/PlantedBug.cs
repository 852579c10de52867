using Waqtor.Conversations;
using Waqtor.Simulation.Disk;
using Waqtor.Simulation.Running;

namespace Waqtor.Simulation.Bugs;

/// <summary>
/// A mistake that somebody could make, put around the product from outside: what it does instead at one of these points.
/// Each one proves that the simulation would notice it. This class itself is no mistake at all.
/// </summary>
internal abstract class PlantedBug
{
    public static PlantedBug None { get; } = new Nothing();

    public virtual string Name => GetType().Name;

    /// <summary>Null: the write goes its ordinary way.</summary>
    public virtual Task<string>? OnWrite(DiskWrite write, Func<Task<string>> next) => null;

    public virtual bool SkipsSync(IReadOnlyList<DiskWrite> group) => false;

    public virtual bool TellsBeforeTheSync => false;

    public virtual bool TakesWritesWhenFull => false;

    /// <summary>How much later than it is said a reminder is really written.</summary>
    public virtual TimeSpan ReminderDelay => TimeSpan.Zero;

    /// <summary>Changes what a conversation has in memory, just before it is written.</summary>
    public virtual void BeforeWrite(ConversationState state)
    {
    }

    /// <summary>True when <see cref="Distort"/> wants the bytes.</summary>
    public virtual bool Distorts => false;

    /// <summary>Changes what is written of a conversation, but not its memory.</summary>
    public virtual void Distort(ConversationState stored)
    {
    }

    /// <summary>Changes what a conversation has read.</summary>
    public virtual void AfterRead(ConversationState state, World world)
    {
    }

    /// <summary>True: reading the state again changes nothing.</summary>
    public virtual bool SkipsReadAgain => false;

    /// <summary>Null: the call goes its ordinary way.</summary>
    public virtual Task? OnCall(IIncomingGrainCallContext call, World world) => null;

    public virtual SendResult OnSent(SendResult result) => result;

    public virtual bool BotIgnoresItsTime => false;

    public virtual bool ArchiveHidesItsFailures => false;

    public virtual TimeSpan? Timestamp(World world) => null;

    private sealed class Nothing : PlantedBug;
}
