using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Waqtor.Events;
using Waqtor.Sandbox;
using Waqtor.Sending;

namespace Waqtor.Instances;

/// <inheritdoc cref="IInstanceGrain" />
/// <remarks>
/// The directory must follow every change of the configuration, although it is another grain: the write that makes the
/// change durable also says that the directory is yet to be told (<see cref="InstanceState.DirectoryPending"/>). It is
/// told in the same call; when that fails, by a timer; after a crash, by the reminder.
/// </remarks>
[GrainType("instance")]
public sealed partial class InstanceGrain(
    [PersistentState("instance", GrainStorageNames.Waqtor)] IPersistentState<InstanceState> state,
    ISecretProtector protector,
    IIdSource ids,
    TimeProvider clock,
    IOptions<InstancesOptions> options,
    EventPost post,
    ILogger<InstanceGrain> logger) : Grain, IInstanceGrain, IRemindable
{
    private static readonly TimeSpan DirectoryRetry = TimeSpan.FromSeconds(5);

    private OutboxDispatcher _outbox = null!;
    private PendingReminder _pending = null!;
    private IGrainTimer? _directoryTimer;
    private InstanceCredentials? _credentials;
    private InstanceRecord? _record;
    private InstanceConfiguration? _configuration;
    private bool _storeIsBehind;

    private string Name => this.GetPrimaryKeyString();

    private IInstanceDirectoryGrain Directory => GrainFactory.GetGrain<IInstanceDirectoryGrain>(0);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _ = InstanceKey.Parse(Name);
        _pending = new PendingReminder(this);
        _outbox = new OutboxDispatcher(this, post, () => state.State.Outbox, logger);
        _outbox.Start();
        if (state.State.DirectoryPending) RetryDirectory(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public async Task<InstanceRecord?> CreateAsync(InstanceSettings settings, InstanceCredentials credentials)
    {
        if (state.State.InstanceId is not null) return null;
        InstanceRules.Check(settings);
        var count = (await Directory.ListAsync()).Length;
        if (count >= options.Value.InstancesMax)
        {
            throw new LimitExceededException($"There are {count} instances; the limit is Waqtor:Instances:InstancesMax.");
        }

        // The sandbox goes by the name, and what it has is of an instance that was deleted. Now and not then: nothing else has to follow a deletion.
        if (settings.Provider == ProviderKind.Sandbox) await GrainFactory.GetGrain<ISandboxGrain>(Name).ClearAsync();
        await _pending.EnsureAsync();
        var now = clock.GetUtcNow();
        state.State.InstanceId = ids.New(IdPrefix.Instance);
        state.State.Settings = settings;
        state.State.CreatedAt = now;
        state.State.Session = InstanceRules.FirstSession(settings.Provider, now);
        // What is empty in a request is not set.
        Keep(InstanceRules.Apply(new InstanceCredentials(), credentials));
        Tell(EventNames.SessionStatus, now);
        await CommitConfigurationAsync(now);
        return Record();
    }

    public Task<InstanceRecord?> GetAsync() => Task.FromResult(state.State.InstanceId is null ? null : Record());

    public Task<InstanceConfiguration?> GetConfigurationAsync()
    {
        if (state.State is not { InstanceId: { } id, Settings: { } settings }) return Task.FromResult<InstanceConfiguration?>(null);
        return Task.FromResult<InstanceConfiguration?>(_configuration ??= new InstanceConfiguration
        {
            Id = id,
            Name = Name,
            Settings = settings,
            Credentials = Credentials(),
            Version = state.State.Revision,
        });
    }

    public async Task<InstanceUpdate> UpdateAsync(InstancePatch patch)
    {
        if (state.State is not { InstanceId: not null, Settings: { } current }) return new InstanceUpdate(null);
        if (patch.Version is { } version && version != Record().Version) return new InstanceUpdate(Record(), IsStale: true);
        var settings = (patch.Settings ?? current) with { Provider = current.Provider };
        InstanceRules.Check(settings);
        var credentials = patch.Credentials is { } change ? InstanceRules.Apply(Credentials(), change) : null;
        if (settings == current && (credentials is null || credentials == Credentials())) return new InstanceUpdate(Record());

        await _pending.EnsureAsync();
        state.State.Settings = settings;
        if (credentials is not null) Keep(credentials);
        await CommitConfigurationAsync(clock.GetUtcNow());
        return new InstanceUpdate(Record());
    }

    public async Task<bool> DeleteAsync()
    {
        if (state.State is not { InstanceId: not null, Session: { } session }) return false;
        await _pending.EnsureAsync();
        var now = clock.GetUtcNow();
        state.State.Session = new SessionRecord
        {
            Status = SessionStatus.Disconnected,
            ChangedAt = now,
            Reason = "deleted",
            Phone = session.Phone,
        };
        Tell(EventNames.SessionStatus, now);
        state.State.InstanceId = null;
        state.State.Settings = null;
        state.State.Session = null;
        state.State.ProtectedCredentials = null;
        state.State.CredentialsSet = [];
        state.State.Notices = [];
        _credentials = null;
        await CommitConfigurationAsync(now);
        return true;
    }

    public async Task ApplySessionAsync(SessionUpdate update)
    {
        if (state.State is not { InstanceId: not null, Session: { } session }) return;
        var now = clock.GetUtcNow();
        var merge = SessionMerge.Of(session, update, now);
        if (!merge.Changed) return;

        RefuseWhenFull();
        await _pending.EnsureAsync();
        state.State.Session = merge.Session;
        if (merge.StatusChanged) Tell(EventNames.SessionStatus, now);
        if (merge.QrChanged) Tell(EventNames.SessionQr, now);
        await CommitAsync();
    }

    public async Task ApplyNoticeAsync(string deliveryId, string field, string json)
    {
        if (state.State.InstanceId is null) return;
        var fingerprint = InstanceNotice.Fingerprint(deliveryId, field, json);
        if (state.State.Notices.Contains(fingerprint)) return;

        RefuseWhenFull();
        await _pending.EnsureAsync();
        state.State.Notices.Add(fingerprint);
        var tooMany = state.State.Notices.Count - options.Value.NoticesRemembered;
        if (tooMany > 0) state.State.Notices.RemoveRange(0, tooMany);
        state.State.Outbox.Add(new DomainEvent
        {
            Id = ids.New(IdPrefix.Event),
            Name = EventNames.SystemInfo,
            At = clock.GetUtcNow(),
            Instance = Name,
            NoticeJson = InstanceNotice.Wrap(deliveryId, field, json),
        });
        await CommitAsync();
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (state.State.DirectoryPending) await TellDirectoryAsync();
        if (state.State.DirectoryPending) return;
        if (state.State.Outbox.Count > 0)
        {
            _outbox.Start();
            return;
        }

        if (_storeIsBehind || _outbox.StoreIsBehind) await WriteAsync();
        await _pending.RemoveAsync();
    }

    private async Task CommitConfigurationAsync(DateTimeOffset now)
    {
        state.State.Revision++;
        state.State.UpdatedAt = now;
        state.State.DirectoryPending = true;
        await CommitAsync();
        await TellDirectoryAsync();
    }

    private async Task CommitAsync()
    {
        await WriteAsync();
        _outbox.Start();
    }

    private async Task WriteAsync()
    {
        _record = null;
        _configuration = null;
        await state.WriteOrForgetAsync(this);
        _storeIsBehind = false;
    }

    private async Task TellDirectoryAsync()
    {
        try
        {
            if (state.State is { InstanceId: { } id, Settings: { } settings })
            {
                await Directory.PutAsync(new InstanceEntry(
                    id, Name, settings.Provider, settings.PhoneNumberId, settings.ProviderInstance, state.State.Revision, settings.ContactsPerDay));
                // A limit that was never set need not be told of; one that was taken away is 0.
                if (settings.ContactsPerDay is { } limit)
                    await GrainFactory.GetGrain<IOutboundGrain>(id).LimitContactsAsync(limit, state.State.Revision);
            }
            else
            {
                await Directory.RemoveAsync(Name);
            }

            state.State.DirectoryPending = false;
            _storeIsBehind = true;
            await this.GetStreamProvider(InstanceStreams.Provider)
                .GetStream<string>(StreamId.Create(InstanceStreams.Namespace, InstanceStreams.Key))
                .OnNextAsync(Name);
        }
        catch (Exception exception)
        {
            // The change itself is durable and its caller is answered; the directory follows.
            LogDirectoryFailed(logger, exception, Name);
            if (state.State.DirectoryPending) RetryDirectory(DirectoryRetry);
        }
    }

    private void RetryDirectory(TimeSpan dueTime)
    {
        _directoryTimer?.Dispose();
        _directoryTimer = this.RegisterGrainTimer(
            _ => state.State.DirectoryPending ? TellDirectoryAsync() : Task.CompletedTask,
            new GrainTimerCreationOptions(dueTime, Timeout.InfiniteTimeSpan));
    }

    private void RefuseWhenFull()
    {
        if (state.State.Outbox.Count < options.Value.OutboxEventsMax) return;
        throw new LimitExceededException("The archive does not take events; the limit is Waqtor:Instances:OutboxEventsMax.");
    }

    private void Tell(string name, DateTimeOffset now) => state.State.Outbox.Add(new DomainEvent
    {
        Id = ids.New(IdPrefix.Event),
        Name = name,
        At = now,
        Instance = Name,
        Session = state.State.Session,
    });

    private void Keep(InstanceCredentials credentials)
    {
        state.State.ProtectedCredentials = protector.Protect(JsonSerializer.Serialize(credentials));
        state.State.CredentialsSet = [.. InstanceRules.NamesOf(credentials)];
        _credentials = credentials;
    }

    private InstanceCredentials Credentials() => _credentials ??= state.State.ProtectedCredentials is { } cipher
        ? JsonSerializer.Deserialize<InstanceCredentials>(protector.Unprotect(cipher)) ?? new InstanceCredentials()
        : new InstanceCredentials();

    private InstanceRecord Record() => _record ??= new InstanceRecord
    {
        Id = state.State.InstanceId!,
        Name = Name,
        Settings = state.State.Settings!,
        CredentialsSet = [.. state.State.CredentialsSet],
        Session = state.State.Session!,
        CreatedAt = state.State.CreatedAt,
        UpdatedAt = state.State.UpdatedAt,
        Version = state.State.Revision,
    };
}
