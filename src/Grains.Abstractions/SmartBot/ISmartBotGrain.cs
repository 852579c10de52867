using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Waqtor.SmartBot;

/// <summary>
/// The rules of one instance, the versions of its model, and what it might learn. Not on the way of a message: nodes
/// keep a copy of the snapshot. Key: the instance's id.
/// </summary>
[Alias("waqtor.ISmartBotGrain")]
public interface ISmartBotGrain : IGrainWithStringKey
{
    /// <summary>By name.</summary>
    [Alias("ListRulesAsync")]
    Task<ImmutableArray<BotRule>> ListRulesAsync();

    /// <summary>Adds a rule without an id, or changes the one with its id.</summary>
    [Alias("PutRuleAsync")]
    Task<RuleChange> PutRuleAsync(BotRule rule);

    /// <summary>False: no such rule.</summary>
    [Alias("DeleteRuleAsync")]
    Task<bool> DeleteRuleAsync(string instance, string ruleId);

    /// <summary>Takes in a document of rules; a rule of a known id or name is changed, another is added.</summary>
    /// <param name="instance">The instance's name.</param>
    /// <param name="format"><c>json</c> or <c>csv</c>.</param>
    /// <param name="document">The document.</param>
    [Alias("ImportAsync")]
    Task<ImportedRules> ImportAsync(string instance, string format, string document);

    /// <param name="format"><c>json</c> or <c>csv</c>.</param>
    [Alias("ExportAsync")]
    Task<string> ExportAsync(string format);

    /// <summary>Null: nothing changed since <paramref name="knownStamp"/>.</summary>
    [Alias("GetSnapshotAsync"), AlwaysInterleave]
    Task<BotSnapshot?> GetSnapshotAsync(long knownStamp);

    [Alias("GetModelAsync")]
    Task<BotModelStatus> GetModelAsync();

    /// <summary>A trainer's result; one for older rules only shows that a newer training is needed.</summary>
    [Alias("CompleteTrainingAsync")]
    Task CompleteTrainingAsync(TrainingResult result);

    /// <summary>Lets a refused model in all the same. False: none waits.</summary>
    [Alias("PublishAsync")]
    Task<bool> PublishAsync();

    /// <summary>Brings the rules of an older version back, as a new version. False: it is not kept.</summary>
    [Alias("RollBackAsync")]
    Task<bool> RollBackAsync(long version);

    /// <summary>Keeps texts that no rule answered for sure. May lose the last seconds in a crash.</summary>
    [Alias("LearnAsync"), OneWay]
    Task LearnAsync(string instance, ImmutableArray<LearnedText> texts);

    /// <summary>Open ones by frequency, decided ones newest first.</summary>
    [Alias("ListSuggestionsAsync")]
    Task<ImmutableArray<BotSuggestion>> ListSuggestionsAsync(SuggestionStatus status);

    [Alias("AcceptSuggestionAsync")]
    Task<RuleChange> AcceptSuggestionAsync(string suggestionId, AcceptSuggestion decision);

    /// <summary>Its texts are not suggested again. False: no such suggestion is open.</summary>
    [Alias("RejectSuggestionAsync")]
    Task<bool> RejectSuggestionAsync(string suggestionId);
}
