using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Waqtor.Conversations;

/// <inheritdoc cref="IReplyGrain" />
/// <remarks>Reentrant, because a batch that waits for an answer must not keep another conversation waiting; it has no state.</remarks>
[GrainType("reply")]
[StatelessWorker]
[Reentrant]
public sealed partial class ReplyGrain(
    IReplyPipeline pipeline, IOptions<ConversationOptions> options, TimeProvider clock, ILogger<ReplyGrain> logger) : Grain, IReplyGrain
{
    public async Task ProcessAsync(ReplyRequest request)
    {
        var result = await AnswerAsync(request);
        await GrainFactory.GetGrain<IConversationGrain>(request.ConversationId).CompleteReplyAsync(result);
    }

    private async Task<ReplyResult> AnswerAsync(ReplyRequest request)
    {
        using var timeout = new CancellationTokenSource(options.Value.ReplyTimeout, clock);
        try
        {
            var reply = await pipeline.ReplyAsync(request, timeout.Token);
            return new ReplyResult { BatchId = request.BatchId, Attempt = request.Attempt, Text = reply.Text, Outcome = reply.Outcome };
        }
        catch (Exception exception)
        {
            LogAttemptFailed(logger, exception, request.BatchId, request.Attempt);
            var error = timeout.IsCancellationRequested
                ? $"No answer within {options.Value.ReplyTimeoutSeconds} s."
                : exception.Message;
            return new ReplyResult { BatchId = request.BatchId, Attempt = request.Attempt, Error = error };
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Attempt {Attempt} to answer batch {BatchId} failed.")]
    private static partial void LogAttemptFailed(ILogger logger, Exception exception, string batchId, int attempt);
}
