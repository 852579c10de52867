using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.TestKit;
using Waqtor.WhatsApp;

namespace Waqtor.Grains.Tests.Conversations;

/// <summary>The real grains with one instance and one conversation; replies, provider and archive are scripted.</summary>
internal sealed class ConversationCluster : IAsyncDisposable
{
    private int _message;

    private ConversationCluster(GrainCluster cluster, ScriptedReplies replies, ScriptedSender sender, RecordingArchive archive)
    {
        Cluster = cluster;
        Replies = replies;
        Sender = sender;
        Archive = archive;
        Start = cluster.Clock.GetUtcNow();
    }

    public GrainCluster Cluster { get; }
    public ScriptedReplies Replies { get; }
    public ScriptedSender Sender { get; }
    public RecordingArchive Archive { get; }
    public DateTimeOffset Start { get; }
    public string InstanceId { get; private set; } = "";
    public BufferRule Rule { get; set; } = new();

    public static readonly ContactIdentity Ana = new() { Phone = "5511999990001", Name = "Ana" };

    public IConversationGrain Conversation => Of(Ana);

    /// <param name="configure">Comes last, and so may take another's place.</param>
    /// <param name="remindersFail">Asked before a reminder is registered or removed; true: that fails.</param>
    public static async Task<ConversationCluster> StartAsync(Action<IServiceCollection>? configure = null, Func<bool>? remindersFail = null)
    {
        var replies = new ScriptedReplies();
        var sender = new ScriptedSender();
        var archive = new RecordingArchive();
        var cluster = await GrainCluster.StartAsync(options =>
        {
            options.RemindersFail = remindersFail;
            options.ConfigureSilo = silo => silo.AddMemoryStreams(InstanceStreams.Provider);
            options.ConfigureServices = services =>
            {
                services.AddSingleton<IReplyPipeline>(replies);
                services.AddSingleton<IMessageSender>(sender);
                services.AddSingleton<IArchiveWriter>(archive);
                services.AddSingleton<IArchiveQueries>(archive);
                services.AddSingleton<ISecretProtector, PlainSecrets>();
                services.AddSingleton(new Random(1));
                services.AddWaqtorGrains(new ConfigurationBuilder().Build());
                configure?.Invoke(services);
            };
        });
        var result = new ConversationCluster(cluster, replies, sender, archive);
        var instance = await cluster.Grains.GetGrain<IInstanceGrain>("shop").CreateAsync(
            new InstanceSettings { Provider = ProviderKind.Evolution }, new InstanceCredentials());
        result.InstanceId = instance!.Id;
        return result;
    }

    public IConversationGrain Of(ContactIdentity contact) =>
        Cluster.Grains.GetGrain<IConversationGrain>(ConversationKey.For(InstanceId, contact).ToString());

    /// <summary>A text arrives; its provider id is "m1", "m2", … in order.</summary>
    public async Task<ReceiveResult> ReceiveAsync(string? providerMessageId = null, ContactIdentity? contact = null)
    {
        var id = providerMessageId ?? "m" + (++_message).ToString(CultureInfo.InvariantCulture);
        return await Of(contact ?? Ana).ReceiveAsync(Command(id, contact ?? Ana));
    }

    public ReceiveMessages Command(string providerMessageId, ContactIdentity contact) => new()
    {
        InstanceId = InstanceId,
        Instance = "shop",
        DeliveryId = "dlv_" + providerMessageId,
        ReceivedAt = Cluster.Clock.GetUtcNow(),
        Messages = [new InboundMessage { ProviderMessageId = providerMessageId, Contact = contact, Kind = MessageKind.Text, Text = providerMessageId }],
        Buffer = Rule,
    };

    public async Task BurstAsync(int messages = 5)
    {
        for (var i = 0; i < messages; i++) await ReceiveAsync();
    }

    /// <summary>Virtual time goes on by this much, timer by timer.</summary>
    public Task AfterAsync(double seconds) => Cluster.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    public Task AtRestAsync() => Cluster.WhenIdleAsync();

    /// <summary>The conversation leaves memory; the next call brings it back.</summary>
    public Task LeaveMemoryAsync() => Cluster.DeactivateAsync(Conversation);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private sealed class PlainSecrets : ISecretProtector
    {
        public string Protect(string plain) => plain;

        public string Unprotect(string cipher) => cipher;
    }
}
