using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Waqtor.Instances;

namespace Waqtor.SmartBot;

/// <summary>
/// A node's copies of rules and models, so that no grain is asked of them for every message. Truth is the rules' grain:
/// it is asked at most once a second for each instance whether anything changed, and at once where the change happened
/// on this node. A model that a node does not have is trained here, by a worker, from the rules of its version.
/// </summary>
public sealed class BotModels(IGrainFactory grains, TimeProvider clock, IOptions<SmartBotOptions> options)
{
    private static readonly SmartBotSettings DefaultSettings = new();

    private readonly ConcurrentDictionary<string, Copy> _copies = new(StringComparer.Ordinal);

    public async Task<BotMind> GetAsync(InstanceConfiguration instance)
    {
        var copy = CopyOf(instance.Id);
        var fingerprint = BotFingerprint.Of(instance.Settings.SmartBot ?? DefaultSettings);
        if (copy.Fresh(fingerprint, clock.GetUtcNow(), options.Value.CopyMilliseconds) is { } known) return known;
        await copy.Gate.WaitAsync();
        try
        {
            return copy.Fresh(fingerprint, clock.GetUtcNow(), options.Value.CopyMilliseconds) ?? await RefreshAsync(copy, instance, fingerprint);
        }
        finally
        {
            copy.Gate.Release();
        }
    }

    /// <summary>The model in use, if this node has it.</summary>
    public SmartBotModel? Peek(string instanceId) => _copies.TryGetValue(instanceId, out var copy) ? copy.Mind?.Model.Model : null;

    /// <summary>A worker trained a model; it is used once its version is live.</summary>
    public void Put(string instanceId, long version, string fingerprint, TrainedModel model) => CopyOf(instanceId).Put(version, fingerprint, model);

    /// <summary>The instance's rules or model changed: the next answer asks for them.</summary>
    public void Forget(string instanceId)
    {
        if (_copies.TryGetValue(instanceId, out var copy)) copy.CheckedAt = DateTimeOffset.MinValue;
    }

    private async Task<BotMind> RefreshAsync(Copy copy, InstanceConfiguration instance, string fingerprint)
    {
        var now = clock.GetUtcNow();
        var snapshot = await grains.GetGrain<ISmartBotGrain>(instance.Id).GetSnapshotAsync(copy.Mind?.Stamp ?? -1) ?? copy.Mind!.Snapshot;
        var model = snapshot.ModelVersion == 0 ? TrainedModel.None : copy.Find(snapshot.ModelVersion, fingerprint);
        if (model is null)
        {
            await grains.GetGrain<ISmartBotTrainerGrain>(0).PrepareAsync(new TrainingOrder
            {
                InstanceId = instance.Id,
                Instance = instance.Name,
                Revision = 0,
                Version = snapshot.ModelVersion,
                Rules = snapshot.Learnt,
            });
            model = copy.Find(snapshot.ModelVersion, fingerprint)
                ?? throw new InvalidOperationException("The bot's model could not be trained; the log says why.");
        }

        copy.Mind = new BotMind(snapshot, model, fingerprint);
        copy.CheckedAt = now;
        return copy.Mind;
    }

    private Copy CopyOf(string instanceId)
    {
        if (_copies.TryGetValue(instanceId, out var known)) return known;
        // Rare: a node that serves more instances than it may remember begins anew.
        if (_copies.Count >= options.Value.CopiesMax) _copies.Clear();
        return _copies.GetOrAdd(instanceId, _ => new Copy());
    }

    private sealed class Copy
    {
        // The live one, and one that is about to be.
        private const int TrainedMax = 3;

        private readonly Lock _lock = new();
        private readonly List<(long Version, string Fingerprint, TrainedModel Model)> _trained = [];
        private long _checkedTicks;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public BotMind? Mind { get; set; }

        public DateTimeOffset CheckedAt
        {
            get => new(Interlocked.Read(ref _checkedTicks), TimeSpan.Zero);
            set => Interlocked.Exchange(ref _checkedTicks, value.UtcTicks);
        }

        public BotMind? Fresh(string fingerprint, DateTimeOffset now, int milliseconds) =>
            Mind is { } mind && mind.Fingerprint == fingerprint && CheckedAt.AddMilliseconds(milliseconds) > now ? mind : null;

        public void Put(long version, string fingerprint, TrainedModel model)
        {
            lock (_lock)
            {
                _trained.RemoveAll(one => one.Version == version && one.Fingerprint == fingerprint);
                if (_trained.Count >= TrainedMax) _trained.RemoveAt(0);
                _trained.Add((version, fingerprint, model));
            }
        }

        public TrainedModel? Find(long version, string fingerprint)
        {
            lock (_lock) return _trained.Find(one => one.Version == version && one.Fingerprint == fingerprint).Model;
        }
    }
}
