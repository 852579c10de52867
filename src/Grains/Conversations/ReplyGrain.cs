using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Waqtor.SmartBot;

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
        var (result, learn) = await AnswerAsync(request);
        await GrainFactory.GetGrain<IConversationGrain>(request.ConversationId).CompleteReplyAsync(result);
        if (learn is not null) await GrainFactory.GetGrain<ISmartBotGrain>(request.InstanceId).LearnAsync(request.Instance, [learn]);
    }

    private async Task<(ReplyResult Result, LearnedText? Learn)> AnswerAsync(ReplyRequest request)
    {
        using var timeout = new CancellationTokenSource(options.Value.ReplyTimeout, clock);
        try
        {
            var reply = await pipeline.ReplyAsync(request, timeout.Token);
            return (new ReplyResult
            {
                BatchId = request.BatchId,
                Attempt = request.Attempt,
                Text = reply.Text,
                Outcome = reply.Outcome,
                Offer = reply.Offer,
                Trace = reply.Trace,
                HandOver = reply.HandOver,
                HandOverMinutes = reply.HandOverMinutes,
                DataRequest = reply.DataRequest,
                IsNews = reply.IsNews,
            }, reply.Learn);
        }
        catch (Exception exception)
        {
            LogAttemptFailed(logger, exception, request.BatchId, request.Attempt);
            var error = timeout.IsCancellationRequested
                ? $"No answer within {options.Value.ReplyTimeoutSeconds} s."
                : exception.Message;
            return (new ReplyResult { BatchId = request.BatchId, Attempt = request.Attempt, Error = error }, null);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Attempt {Attempt} to answer batch {BatchId} failed.")]
    private static partial void LogAttemptFailed(ILogger logger, Exception exception, string batchId, int attempt);
}
