using Waqtor.Simulation.Disk;

namespace Waqtor.Simulation.Bugs;

/// <summary>A conversation is told that its write is done before it has begun.</summary>
internal sealed class AnswersBeforeTheWrite : PlantedBug
{
    public override Task<string>? OnWrite(DiskWrite write, Func<Task<string>> next)
    {
        if (write.Label != "conversation/conversation") return null;
        _ = next();
        return Task.FromResult(write.Record!.ETag!);
    }
}
