using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Waqtor.Events;

namespace Waqtor.SmartBot;

/// <inheritdoc cref="ISmartBotGrain" />
/// <remarks>
/// An edit is written, then a timer waits for the end of the burst of edits, then a worker trains
/// (<see cref="ISmartBotTrainerGrain"/>), and its result comes back as a call with the revision it learnt: older results are
/// dropped. The state says which revision was learnt, so that a restart goes on where the process ended. The model's
/// rules are kept with its version and written before the version becomes live: a crash between the two leaves a version
/// that nobody uses, and the next training takes its place.
/// </remarks>
[GrainType("smartbot")]
public sealed partial class SmartBotGrain(
    [PersistentState("smartbot", GrainStorageNames.Waqtor)] IPersistentState<SmartBotState> state,
    [PersistentState("smartbot-versions", GrainStorageNames.Waqtor)] IPersistentState<SmartBotVersionsState> versions,
    [PersistentState("smartbot-learning", GrainStorageNames.Waqtor)] IPersistentState<SmartBotLearningState> learning,
    BotModels models,
    IIdSource ids,
    TimeProvider clock,
    IOptions<SmartBotOptions> options,
    EventPost post,
    ILogger<SmartBotGrain> logger) : Grain, ISmartBotGrain, IRemindable
{
    private static readonly TimeSpan TrainAgainIn = TimeSpan.FromSeconds(30);

    private OutboxDispatcher _outbox = null!;
    private PendingReminder _pending = null!;
    private IGrainTimer _trainTimer = null!;
    private IGrainTimer _learnTimer = null!;
    private DateTimeOffset? _firstEditAt;
    private bool _learningIsDirty;
    private ImmutableArray<BotSuggestion>? _suggestions;

    private string InstanceId => this.GetPrimaryKeyString();

    private bool NeedsTraining => state.State.TrainedRevision < state.State.Revision;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var never = new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pending = new PendingReminder(this);
        _outbox = new OutboxDispatcher(this, post, () => state.State.Outbox, logger);
        _trainTimer = this.RegisterGrainTimer(_ => TrainAsync(), never);
        _learnTimer = this.RegisterGrainTimer(_ => WriteLearningAsync(), never);
        _outbox.Start();
        if (NeedsTraining) ScheduleTraining(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_learningIsDirty) await learning.WriteStateAsync(cancellationToken);
    }

    public Task<ImmutableArray<BotRule>> ListRulesAsync() => Task.FromResult<ImmutableArray<BotRule>>(
        [.. state.State.Rules.OrderBy(rule => rule.Name, StringComparer.Ordinal).ThenBy(rule => rule.Id, StringComparer.Ordinal)]);

    public async Task<RuleChange> PutRuleAsync(BotRule rule)
    {
        if (rule.Refuse() is { } refusal) return refusal;
        var known = rule.Id.Length == 0 ? null : state.State.Rules.Find(one => one.Id == rule.Id);
        if (rule.Id.Length > 0 && known is null) return new RuleChange(null, "not_found");
        if (known is null && state.State.Rules.Count >= options.Value.RulesMax) return TooManyRules();
        var stored = Store(rule, known);
        await CommitAsync(known is null ? "created" : "updated", stored);
        return new RuleChange(stored);
    }

    public async Task<bool> DeleteRuleAsync(string instance, string ruleId)
    {
        var rule = state.State.Rules.Find(one => one.Id == ruleId);
        if (rule is null) return false;
        state.State.Rules.Remove(rule);
        state.State.Revision++;
        await CommitAsync("deleted", rule);
        return true;
    }

    public async Task<ImportedRules> ImportAsync(string instance, string format, string document)
    {
        var read = format == "csv" ? RuleDocument.ReadCsv(document) : RuleDocument.ReadJson(document);
        var plan = RuleImportPlan.Of(instance, read, state.State.Rules);
        if (plan.Errors.Count == 0 && state.State.Rules.Count + plan.New.Count > options.Value.RulesMax)
            plan.Errors.Add($"An instance has {options.Value.RulesMax} rules at most.");
        if (plan.Errors.Count > 0) return new ImportedRules(0, 0, [.. plan.Errors.Take(100)]);
        foreach (var rule in plan.New) Store(rule, null);
        foreach (var (rule, known) in plan.Changed) Store(rule, known);
        if (plan.New.Count + plan.Changed.Count > 0)
        {
            state.State.Instance = instance;
            await CommitAsync("imported", null);
        }

        return new ImportedRules(plan.New.Count, plan.Changed.Count, []);
    }

    public async Task<string> ExportAsync(string format)
    {
        var entries = (await ListRulesAsync()).Select(rule => rule.ToEntry()).ToList();
        return format == "csv" ? RuleDocument.WriteCsv(entries) : RuleDocument.WriteJson(entries);
    }

    public Task<BotSnapshot?> GetSnapshotAsync(long knownStamp)
    {
        var current = state.State;
        if (current.Stamp == knownStamp) return Task.FromResult<BotSnapshot?>(null);
        return Task.FromResult<BotSnapshot?>(new BotSnapshot
        {
            Stamp = current.Stamp,
            ModelVersion = current.LiveVersion,
            Rules = [.. current.Rules],
            Learnt = Live?.Rules ?? [],
        });
    }

    public Task<BotModelStatus> GetModelAsync() => Task.FromResult(new BotModelStatus
    {
        ModelVersion = state.State.LiveVersion,
        Training = NeedsTraining,
        Versions = [.. versions.State.Kept.Where(kept => kept.Info.Version <= state.State.LiveVersion).Select(kept => kept.Info).Reverse()],
        Refused = state.State.Refused,
        Warnings = [.. state.State.Warnings],
    });

    public async Task<bool> PublishAsync()
    {
        if (state.State.Refused is null) return false;
        state.State.Compares = false;
        state.State.Refused = null;
        state.State.Revision++;
        await CommitAsync(null, null, TimeSpan.Zero);
        return true;
    }

    public async Task<bool> RollBackAsync(long version)
    {
        if (versions.State.Kept.Find(one => one.Info.Version == version) is not { } kept) return false;
        state.State.Rules = [.. kept.Rules];
        state.State.Compares = false;
        state.State.Refused = null;
        state.State.RestoredFrom = version;
        state.State.Revision++;
        await CommitAsync("restored", null, TimeSpan.Zero);
        return true;
    }

    public async Task CompleteTrainingAsync(TrainingResult result)
    {
        // A newer edit has its own timer, and a repeated result was taken already.
        if (result.Revision != state.State.Revision || !NeedsTraining || result.Version != state.State.LiveVersion + 1) return;
        if (result.Error is { } error)
        {
            // The timer comes back to it.
            state.State.Warnings = [error];
            return;
        }

        state.State.Warnings = [.. result.Warnings];
        state.State.TrainedRevision = result.Revision;
        state.State.Refused = result.Refused;
        if (result.Refused is null) await LetInAsync(result);
        await CommitAsync(result.Refused is null ? "trained" : "refused", null);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (NeedsTraining)
        {
            await TrainAsync();
            return;
        }

        if (state.State.Outbox.Count > 0)
        {
            _outbox.Start();
            return;
        }

        if (_outbox.StoreIsBehind) await state.WriteOrForgetAsync(this);
        await _pending.RemoveAsync();
    }

    private KeptVersion? Live => versions.State.Kept.Find(kept => kept.Info.Version == state.State.LiveVersion);

    private async Task LetInAsync(TrainingResult result)
    {
        versions.State.Kept.RemoveAll(kept => kept.Info.Version >= result.Version);
        versions.State.Kept.Add(new KeptVersion(
            new BotModelVersion
            {
                Version = result.Version,
                At = clock.GetUtcNow(),
                Rules = state.State.Rules.Count,
                Phrases = result.Phrases,
                Accuracy = result.Accuracy,
                PreviousAccuracy = Live?.Info.Accuracy,
                RestoredFrom = state.State.RestoredFrom,
                TrainingMilliseconds = result.Milliseconds,
            },
            [.. state.State.Rules]));
        var tooMany = versions.State.Kept.Count - options.Value.VersionsMax;
        if (tooMany > 0) versions.State.Kept.RemoveRange(0, tooMany);
        await versions.WriteOrForgetAsync(this);
        state.State.LiveVersion = result.Version;
        state.State.RestoredFrom = null;
        state.State.Compares = false;
    }

    private BotRule Store(BotRule rule, BotRule? known)
    {
        var now = clock.GetUtcNow();
        var stored = rule with
        {
            Id = known?.Id ?? ids.New(IdPrefix.Rule),
            CreatedAt = known?.CreatedAt ?? now,
            UpdatedAt = now,
        };
        if (known is null) state.State.Rules.Add(stored);
        else state.State.Rules[state.State.Rules.IndexOf(known)] = stored;
        if (known is null || !known.TeachesSameAs(stored)) state.State.Revision++;
        state.State.Instance = rule.Instance;
        return stored;
    }

    private RuleChange TooManyRules() => new(null, "too_many_rules", null, $"An instance has {options.Value.RulesMax} rules at most.");

    private async Task CommitAsync(string? change, BotRule? rule, TimeSpan? trainIn = null)
    {
        if (state.State.Outbox.Count >= options.Value.OutboxEventsMax)
        {
            DeactivateOnIdle();
            throw new LimitExceededException("The archive does not take events; the limit is Waqtor:SmartBot:OutboxEventsMax.");
        }

        state.State.Stamp++;
        if (change is not null)
        {
            state.State.Outbox.Add(new DomainEvent
            {
                Id = ids.New(IdPrefix.Event),
                Name = EventNames.SmartBotRuleUpdated,
                At = clock.GetUtcNow(),
                Instance = state.State.Instance,
                Rule = new BotRuleNotice(change, rule?.Id, rule?.Name, state.State.LiveVersion),
            });
        }

        await state.WriteOrForgetAsync(this, _pending.EnsureAsync());
        models.Forget(InstanceId);
        _suggestions = null;
        _outbox.Start();
        if (NeedsTraining) ScheduleTraining(trainIn);
    }

    // Each edit puts the training off a little, but not for ever.
    private void ScheduleTraining(TimeSpan? trainIn = null)
    {
        var now = clock.GetUtcNow();
        _firstEditAt ??= now;
        var latest = _firstEditAt.Value.AddMilliseconds(options.Value.RetrainDelayMaxMilliseconds) - now;
        var delay = trainIn ?? TimeSpan.FromMilliseconds(options.Value.RetrainDelayMilliseconds);
        if (delay > latest) delay = latest > TimeSpan.Zero ? latest : TimeSpan.Zero;
        _trainTimer.Change(delay, TrainAgainIn);
    }

    private async Task TrainAsync()
    {
        _firstEditAt = null;
        if (!NeedsTraining)
        {
            _trainTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        try
        {
            await GrainFactory.GetGrain<ISmartBotTrainerGrain>(0).TrainAsync(new TrainingOrder
            {
                InstanceId = InstanceId,
                Instance = state.State.Instance,
                Revision = state.State.Revision,
                Version = state.State.LiveVersion + 1,
                Rules = [.. state.State.Rules],
                Live = state.State.Compares ? Live?.Rules ?? [] : [],
            });
        }
        catch (Exception exception)
        {
            // The timer comes again.
            LogTrainingNotBegun(logger, exception, state.State.Instance);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The training of instance {Instance} could not be begun; it will be tried again.")]
    private static partial void LogTrainingNotBegun(ILogger logger, Exception exception, string instance);
}
