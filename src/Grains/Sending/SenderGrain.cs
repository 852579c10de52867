using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Waqtor.Conversations;
using Waqtor.Devices;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sandbox;
using Waqtor.WhatsApp;

namespace Waqtor.Sending;

/// <inheritdoc cref="ISenderGrain" />
/// <remarks>
/// Reentrant and without state but a cache: attempts run beside each other. What is not known to have stayed here is
/// reported as ambiguous, never as something to try again.
/// </remarks>
[GrainType("sender")]
[StatelessWorker]
[Reentrant]
public sealed partial class SenderGrain : Grain, ISenderGrain, IDisposable
{
    private const int ReportsMax = 5;
    private static readonly TimeSpan ReportRetry = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<ProviderKind, IMessageSender> _senders;
    private readonly ConfigurationCache _configurations;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _beginWithin;
    private readonly SendingMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ProcessName _process;
    private readonly ILogger<SenderGrain> _logger;
    private readonly CancellationTokenSource _stopping = new();

    public SenderGrain(
        IEnumerable<IMessageSender> senders,
        IOptions<SendingOptions> options,
        IOptions<ConversationOptions> conversations,
        SendingMetrics metrics,
        TimeProvider clock,
        ProcessName process,
        ILogger<SenderGrain> logger)
    {
        _senders = senders.ToDictionary(sender => sender.Provider);
        _configurations = new ConfigurationCache(
            name => GrainFactory.GetGrain<IInstanceGrain>(name).GetConfigurationAsync(),
            TimeSpan.FromSeconds(options.Value.ConfigurationCacheSeconds),
            clock);
        _timeout = TimeSpan.FromSeconds(options.Value.AttemptTimeoutSeconds);
        _beginWithin = SendSlack.OfSender(conversations.Value, options.Value);
        _metrics = metrics;
        _clock = clock;
        _process = process;
        _logger = logger;
    }

    public async Task SendAsync(SendRequest request)
    {
        var started = _clock.GetTimestamp();
        var (provider, result) = await AttemptAsync(request, _process.BeganAt(request.HandedOver, _clock));
        _metrics.Attempted(provider, result.Outcome, _clock.GetElapsedTime(started));
        LogAttempted(_logger, request.MessageId, request.Attempt, result.Outcome, result.Error?.Code);
        await ReportAsync(request.ConversationId, result);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    private async Task<(string Provider, SendResult Result)> AttemptAsync(SendRequest request, long started)
    {
        InstanceConfiguration? instance;
        try
        {
            instance = await _configurations.GetAsync(request.Instance, request.InstanceId);
        }
        catch (Exception exception)
        {
            LogConfigurationFailed(_logger, exception, request.MessageId);
            return ("unknown", End(request, SendOutcome.Retry, "configuration_unavailable", "The instance's settings could not be read."));
        }

        if (instance is null) return ("unknown", End(request, SendOutcome.Final, "instance_deleted", "The instance does not exist any more."));
        // Its words may have waited since before the switch.
        if (request.Author == MessageAuthor.Bot && !instance.Settings.BotEnabled)
            return (instance.Settings.Provider.ToString(), End(request, SendOutcome.Final, "bot_off", "The instance's bot is off.") with { TakenBackAs = "botOff" });
        if (request.IsOutsideWindow && instance.Settings.Provider == ProviderKind.Cloud)
            return (nameof(ProviderKind.Cloud), End(request, SendOutcome.Final, "window_closed", "The 24-hour window closed while it waited: only a template may be sent."));
        // The conversation takes an attempt without a report for dead and makes another: one that could last longer must not begin.
        if (_clock.GetElapsedTime(started) > _beginWithin) return ("unknown", End(request, SendOutcome.Retry, "began_late", "The attempt could not begin in time."));
        if (DeviceSessionKey.Of(request.Contact) is { } device) return ("Device", await SendToDeviceAsync(device, request));
        var provider = instance.Settings.Provider;
        if (provider == ProviderKind.Sandbox) return (provider.ToString(), await SendToSandboxAsync(request));
        if (_senders.TryGetValue(provider, out var sender)) return (provider.ToString(), await SendAsync(sender, instance, request));
        return (provider.ToString(), End(request, SendOutcome.Final, "provider_cannot_send", "This provider only receives."));
    }

    private async Task<SendResult> SendAsync(IMessageSender sender, InstanceConfiguration instance, SendRequest request)
    {
        using var timeout = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        try
        {
            return await sender.SendTextAsync(instance, request, either.Token);
        }
        catch (Exception exception)
        {
            LogSenderFailed(_logger, exception, request.MessageId);
            return End(request, SendOutcome.Ambiguous, "sender_failed", "The sender failed; the message may have gone out.");
        }
    }

    // The session is a grain of ours and keeps what it took, once per message: trying again is never one too many.
    private async Task<SendResult> SendToDeviceAsync(DeviceSessionKey device, SendRequest request)
    {
        try
        {
            return await CallDeviceAsync(device, request).WaitAsync(_timeout, _clock, _stopping.Token);
        }
        catch (Exception exception)
        {
            LogSenderFailed(_logger, exception, request.MessageId);
            return End(request, SendOutcome.Retry, "device_session_failed", "The device session did not take the message.");
        }
    }

    private async Task<SendResult> CallDeviceAsync(DeviceSessionKey device, SendRequest request) =>
        await GrainFactory.GetGrain<IDeviceSessionGrain>(device.Id).DeliverAsync(request);

    private async Task<SendResult> SendToSandboxAsync(SendRequest request)
    {
        try
        {
            return await CallSandboxAsync(request).WaitAsync(_timeout, _clock, _stopping.Token);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return End(request, SendOutcome.Ambiguous, "timeout", "The sandbox did not answer in time.");
        }
        catch (Exception exception)
        {
            LogSenderFailed(_logger, exception, request.MessageId);
            return End(request, SendOutcome.Retry, "sandbox_failed", "The sandbox failed.");
        }
    }

    // Awaited in a method of its own: the answer then comes back by a turn of this grain and not over the thread pool,
    // which a simulation could not order.
    private async Task<SendResult> CallSandboxAsync(SendRequest request) =>
        await GrainFactory.GetGrain<ISandboxGrain>(request.Instance).SendAsync(request);

    private async Task ReportAsync(string conversationId, SendResult result)
    {
        var conversation = GrainFactory.GetGrain<IConversationGrain>(conversationId);
        for (var report = 1; ; report++)
        {
            try
            {
                await conversation.CompleteSendAsync(result);
                return;
            }
            catch (Exception exception)
            {
                // When nobody reports, the conversation takes this worker for dead.
                LogReportFailed(_logger, exception, result.MessageId, report);
                if (report == ReportsMax) return;
            }

            await Task.Delay(ReportRetry * (1 << (report - 1)), _clock);
        }
    }

    private static SendResult End(SendRequest request, SendOutcome outcome, string code, string title) => new()
    {
        MessageId = request.MessageId,
        Attempt = request.Attempt,
        Outcome = outcome,
        Error = new MessageError(code, title),
    };
}
