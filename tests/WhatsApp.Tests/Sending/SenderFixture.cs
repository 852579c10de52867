using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sending;

namespace Waqtor.WhatsApp.Tests;

/// <summary>The senders as a host has them, on a clock that stands still, with all that they log.</summary>
internal sealed class SenderFixture : IDisposable
{
    public const string AccessToken = "EAAG-secret-token";
    public const string ApiKey = "gateway-secret-key";
    public const string WebhookSecret = "webhook-secret";
    public const string CustomerPhone = "201000000001";
    public const string Text = "مرحبا 👋 \"quoted\"";

    private readonly ServiceProvider _services;

    public SenderFixture()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddWaqtorWhatsApp(new ConfigurationBuilder().Build());
        _services = services.BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    public CollectedLogs Logs { get; } = new();

    public Task<SendResult> SendAsync(ProviderKind provider, string? baseUrl, ContactIdentity? contact = null, string? quoted = null,
        Offer? offer = null, ImmutableArray<string>? mentioned = null, CancellationToken cancellationToken = default) =>
        _services.GetServices<IMessageSender>().Single(sender => sender.Provider == provider).SendTextAsync(Instance(provider, baseUrl), new SendRequest
        {
            InstanceId = "ins_1",
            Instance = "shop",
            ConversationId = "cnv_0f3a1b2c-0000-8000-8000-000000000001",
            MessageId = "msg_0197512c-0000-7000-8000-000000000001",
            Attempt = 2,
            Contact = contact ?? new ContactIdentity { Phone = CustomerPhone },
            Text = Text,
            QuotedProviderMessageId = quoted,
            Offer = offer,
            MentionedIds = mentioned,
        }, cancellationToken);

    public static InstanceConfiguration Instance(ProviderKind provider, string? baseUrl) => new()
    {
        Id = "ins_1",
        Name = "shop",
        Version = 1,
        Settings = new InstanceSettings { Provider = provider, BaseUrl = baseUrl, PhoneNumberId = "106540352242922", ProviderInstance = "my shop" },
        Credentials = new InstanceCredentials { AccessToken = AccessToken, ApiKey = ApiKey, WebhookSecret = WebhookSecret },
    };

    public void Dispose() => _services.Dispose();

    internal sealed class CollectedLogs : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Collector(Lines);

        public void Dispose()
        {
        }

        private sealed class Collector(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}
