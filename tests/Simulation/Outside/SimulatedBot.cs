using Waqtor.Conversations;
using Waqtor.Simulation.Faults;
using Waqtor.Simulation.Running;
using Waqtor.Simulation.Time;

namespace Waqtor.Simulation.Outside;

/// <summary>Answers batches: quickly, slowly, never, or with an error.</summary>
internal sealed class SimulatedBot(World world, ServerProcess process) : IReplyPipeline
{
    private readonly SeededRandom _random = world.Scenario.Stream("bot" + process.Number);

    public async Task<Reply> ReplyAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        if (process.IsDead) return await Never<Reply>();
        var attempt = world.Oracle.AttemptBegan(request, process);
        var isOk = false;
        try
        {
            var reply = await AnswerAsync(request, world.Bug.BotIgnoresItsTime ? default : cancellationToken);
            isOk = true;
            return reply;
        }
        finally
        {
            if (!process.IsDead) world.Oracle.AttemptEnded(attempt, isOk);
        }
    }

    private async Task<Reply> AnswerAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        if (world.Faults.Strikes(FaultKind.BotSilent, "bot")) await Task.Delay(TimeSpan.FromSeconds(90), process.Clock, cancellationToken);
        var time = world.Faults.Strikes(FaultKind.BotSlow, "bot") ? _random.Milliseconds(5_000, 58_000) : _random.Milliseconds(1, 900);
        await Task.Delay(time, process.Clock, cancellationToken);
        if (world.Faults.Strikes(FaultKind.BotFailed, "bot")) throw new InvalidOperationException("The simulated bot failed.");
        return _random.Chance(0.1) ? new Reply(null, "noReply") : new Reply("Reply to " + request.BatchId, "replied");
    }

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
