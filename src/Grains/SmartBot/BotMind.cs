namespace Waqtor.SmartBot;

/// <summary>A node's copy of all it needs to answer for an instance. Never changed, only replaced.</summary>
public sealed class BotMind(BotSnapshot snapshot, TrainedModel model, string fingerprint)
{
    private readonly Dictionary<string, BotRule> _rules = snapshot.Rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    public long Stamp => snapshot.Stamp;
    public long ModelVersion => snapshot.ModelVersion;
    public TrainedModel Model => model;
    public string Fingerprint => fingerprint;
    public IEnumerable<BotRule> Rules => snapshot.Rules;
    public bool HasRules => _rules.Count > 0;
    internal BotSnapshot Snapshot => snapshot;

    /// <summary>Null: no such rule, or none that is enabled.</summary>
    public BotRule? Find(string ruleId) => _rules.TryGetValue(ruleId, out var rule) && rule.Enabled ? rule : null;
}
