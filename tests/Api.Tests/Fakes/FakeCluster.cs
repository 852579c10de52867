using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;
using NSubstitute;
using Waqtor.Access;
using Waqtor.Archive;
using Waqtor.Conversations;
using Waqtor.Deliveries;
using Waqtor.Devices;
using Waqtor.Events;
using Waqtor.Instances;
using Waqtor.Messages;
using Waqtor.Sandbox;
using Waqtor.WhatsApp;

namespace Waqtor.Api.Tests.Fakes;

/// <summary>Grains in memory behind an <see cref="IGrainFactory"/>, whose store can be made to fail or to hang.</summary>
internal sealed class FakeCluster
{
    private readonly ConcurrentDictionary<string, FakeInstance> _instances = new();
    private readonly ConcurrentDictionary<string, FakeConversation> _conversations = new();
    private readonly ConcurrentDictionary<string, FakeApiKey> _keys = new();
    private readonly ConcurrentDictionary<string, FakeDeviceSession> _devices = new();
    private readonly ConcurrentDictionary<string, FakeIdempotency> _idempotency = new();
    private TaskCompletionSource? _hold;

    public FakeCluster(TimeProvider? clock = null)
    {
        Clock = clock ?? TimeProvider.System;
        Grains = Substitute.For<IGrainFactory>();
        Answer<IInstanceGrain>(name => Instance(name));
        Answer<IConversationGrain>(id => Conversation(id));
        Answer<IDeviceSessionGrain>(id => DeviceSession(id));
        Answer<IApiKeyGrain>(hash => Key(hash));
        Answer<IIdempotencyGrain>(key => _idempotency.GetOrAdd(key, _ => new FakeIdempotency()));
        Answer<IMessageStatusGrain>(key => new FakeMessageStatus(this, key));
        Answer<IParkedDeliveryGrain>(_ => new FakeParkedDelivery(this));
        Answer<ISandboxGrain>(_ => Sandbox);
        Answer<IInstanceDirectoryGrain>(new FakeInstanceDirectory(this));
        Answer<IApiKeyDirectoryGrain>(new FakeApiKeyDirectory(this));
        Answer<IOrphanWatchGrain>(Orphans);
        Answer<IEventRouterGrain>(new FakeEventRouter(this));
        Orphans.GetAsync().Returns(new OrphanReport(0, 0, null));
        Archive.GetQueueStatsAsync(default, default, default, default).ReturnsForAnyArgs(
            new QueueStats { Pending = 0, InFlight = 0, OldestAgeSeconds = 0, Processed = 0, Retried = 0, Dead = 0 });
        Archive.ListBatchesAsync(default!, default).ReturnsForAnyArgs(new Page<BatchRecord>([], null));
        Archive.ListMessagesAsync(default!, default).ReturnsForAnyArgs(new Page<MessageRecord>([], null));
        Archive.ListConversationsAsync(default!, default).ReturnsForAnyArgs(new Page<ConversationRecord>([], null));
        Archive.ListDeliveriesAsync(default!, default).ReturnsForAnyArgs(new Page<DeliveryRecord>([], null));
        Archive.GetMessageAsync(default!, default).ReturnsForAnyArgs((MessageRecord?)null);
        Archive.GetBatchAsync(default!, default).ReturnsForAnyArgs((BatchRecord?)null);
        Archive.GetDeliveryAsync(default!, default).ReturnsForAnyArgs((DeliveryRecord?)null);
        Archive.GetConversationAsync(default!, default).ReturnsForAnyArgs((ConversationRecord?)null);
    }

    public TimeProvider Clock { get; }

    /// <summary>What tokens are sealed with: the same for every host of this cluster.</summary>
    public IDataProtectionProvider Protection { get; } = new EphemeralDataProtectionProvider();

    public IGrainFactory Grains { get; }
    public IArchiveQueries Archive { get; } = Substitute.For<IArchiveQueries>();
    public ISandboxGrain Sandbox { get; } = Substitute.For<ISandboxGrain>();
    public IOrphanWatchGrain Orphans { get; } = Substitute.For<IOrphanWatchGrain>();

    /// <summary>Every write fails at once.</summary>
    public bool StoreIsDown { get; set; }

    /// <summary>Writes of these provider message ids fail although the store works.</summary>
    public ConcurrentDictionary<string, byte> Poison { get; } = new();

    public ConcurrentQueue<(string Key, StatusUpdate Update)> Statuses { get; } = new();
    public ConcurrentQueue<DeliveryRecord> Parked { get; } = new();
    public Action? OnParked { get; set; }
    public ConcurrentQueue<DomainEvent> Events { get; } = new();

    /// <summary>Messages in the order in which they became durable.</summary>
    public ConcurrentQueue<(string Conversation, InboundMessage Message)> Received { get; } = new();

    public IEnumerable<FakeConversation> Conversations => _conversations.Values;
    public IEnumerable<FakeInstance> Instances => _instances.Values.Where(instance => instance.Exists);
    public IEnumerable<FakeApiKey> Keys => _keys.Values;

    public FakeInstance Instance(string name) => _instances.GetOrAdd(name, _ => new FakeInstance(this, name));
    public FakeConversation Conversation(string id) => _conversations.GetOrAdd(id, _ => new FakeConversation(this, id));
    public FakeDeviceSession DeviceSession(string id) => _devices.GetOrAdd(id, _ => new FakeDeviceSession(this, id));
    public FakeApiKey Key(string hash) => _keys.GetOrAdd(hash, _ => new FakeApiKey(this));

    public FakeConversation ConversationOf(string instance, string phone) =>
        Conversation(ConversationKey.For(Instance(instance).Id, new ContactIdentity { Phone = phone }).Id);

    public FakeCluster With(string name, ProviderKind provider, InstanceCredentials? credentials = null, Func<InstanceSettings, InstanceSettings>? settings = null)
    {
        var plain = new InstanceSettings { Provider = provider, BaseUrl = ProviderReach.NeedsBaseUrl(provider) ? "http://gateway.test" : null };
        Instance(name).Set(settings?.Invoke(plain) ?? plain, credentials ?? new InstanceCredentials());
        return this;
    }

    /// <summary>Writes hang until <see cref="ReleaseWrites"/>.</summary>
    public void HoldWrites() => _hold = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseWrites()
    {
        var hold = _hold;
        _hold = null;
        hold?.TrySetResult();
    }

    /// <summary>What a grain awaits before anything it was told counts.</summary>
    public async Task WriteAsync()
    {
        if (_hold is { } hold) await hold.Task;
        if (StoreIsDown) throw new IOException("disk I/O error");
    }

    private void Answer<TGrain>(Func<string, TGrain> make) where TGrain : class, IGrainWithStringKey =>
        Grains.GetGrain<TGrain>(Arg.Any<string>(), Arg.Any<string?>()).Returns(call => make(call.ArgAt<string>(0)));

    private void Answer<TGrain>(TGrain grain) where TGrain : class, IGrainWithIntegerKey =>
        Grains.GetGrain<TGrain>(Arg.Any<long>(), Arg.Any<string?>()).Returns(grain);
}
