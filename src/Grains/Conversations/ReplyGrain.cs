using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Waqtor.SmartBot;

namespace Waqtor.Conversations;

/// <inheritdoc cref="IReplyGrain" />
/// <remarks>Reentrant, because a batch that waits for an answer must not keep another conversation waiting; it has no state.</remarks>
[GrainType("reply")]
[StatelessWorker]
[Reentrant]
public sealed partial class ReplyGrain(
    IReplyPipeline pipeline,
    IOptions<ConversationOptions> options,
    TimeProvider clock,
    ProcessName process,
    IHostApplicationLifetime lifetime,
    ILogger<ReplyGrain> logger) : Grain, IReplyGrain
{
    private static readonly TimeSpan ReportRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ReportRetryMax = TimeSpan.FromSeconds(5);

    public async Task ProcessAsync(ReplyRequest request)
    {
        var (result, learn) = await AnswerAsync(request);
        if (!await ReportAsync(request.ConversationId, result)) return;
        if (learn is not null) await GrainFactory.GetGrain<ISmartBotGrain>(request.InstanceId).LearnAsync(request.Instance, [learn]);
    }

    // An answer is dear: a report that fails must not leave the batch waiting for its timeout and have it answered anew.
    // A report that did arrive while its answer was lost is ignored the second time.
    private async Task<bool> ReportAsync(string conversationId, ReplyResult result)
    {
        var conversation = GrainFactory.GetGrain<IConversationGrain>(conversationId);
        var started = clock.GetTimestamp();
        for (var delay = ReportRetry; ; delay = delay * 2 < ReportRetryMax ? delay * 2 : ReportRetryMax)
        {
            try
            {
                await conversation.CompleteReplyAsync(result);
                return true;
            }
            catch (Exception exception)
            {
                LogReportFailed(logger, exception, result.BatchId, result.Attempt);
                // This silo ends and lets no call out any more; it waits for this one to end, so that trying on would only hold it up.
                if (exception is SiloUnavailableException && lifetime.ApplicationStopping.IsCancellationRequested) return false;
                if (clock.GetElapsedTime(started) + delay > options.Value.ReplyReportTimeout) return false;
            }

            await Task.Delay(delay, clock);
        }
    }

    private async Task<(ReplyResult Result, LearnedText? Learn)> AnswerAsync(ReplyRequest request)
    {
        var timeLeft = request.TimeLeft - clock.GetElapsedTime(process.BeganAt(request.HandedOver, clock));
        using var timeout = new CancellationTokenSource(timeLeft > TimeSpan.Zero ? timeLeft : TimeSpan.Zero, clock);
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

    [LoggerMessage(2, LogLevel.Warning, "The conversation of batch {BatchId} could not be told the result of attempt {Attempt}.")]
    private static partial void LogReportFailed(ILogger logger, Exception exception, string batchId, int attempt);
}
