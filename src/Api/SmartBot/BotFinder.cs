using System.Collections.Immutable;
using Waqtor.Api.Access;
using Waqtor.Api.Instances;
using Waqtor.Instances;
using Waqtor.SmartBot;

namespace Waqtor.Api.SmartBot;

/// <summary>Finds the grain that a rule or a suggestion lives in: ids do not say of which instance they are.</summary>
internal sealed class BotFinder(IGrainFactory grains, InstanceCache instances)
{
    /// <summary>Null: there is none, or the caller may not see it.</summary>
    public async Task<(ISmartBotGrain Grain, string Instance, string InstanceId)?> OfAsync(string? instance, Caller caller) =>
        instance is { Length: > 0 } && caller.Sees(instance) && await instances.GetAsync(instance) is { } found
            ? (grains.GetGrain<ISmartBotGrain>(found.Id), found.Name, found.Id)
            : null;

    public async Task<(ISmartBotGrain Grain, BotRule Rule)?> RuleAsync(string id, string? instance, Caller caller)
    {
        foreach (var grain in await AmongAsync(instance, caller))
        {
            if ((await grain.ListRulesAsync()).FirstOrDefault(rule => rule.Id == id) is { } rule) return (grain, rule);
        }

        return null;
    }

    public async Task<(ISmartBotGrain Grain, BotSuggestion Suggestion)?> SuggestionAsync(string id, string? instance, Caller caller)
    {
        foreach (var grain in await AmongAsync(instance, caller))
        {
            if ((await grain.ListSuggestionsAsync(SuggestionStatus.Open)).FirstOrDefault(one => one.Id == id) is { } suggestion) return (grain, suggestion);
        }

        return null;
    }

    /// <summary>The grain of one instance, or of all the caller may see.</summary>
    public async Task<ImmutableArray<ISmartBotGrain>> AmongAsync(string? instance, Caller caller)
    {
        if (instance is { Length: > 0 }) return await OfAsync(instance, caller) is { } one ? [one.Grain] : [];
        var entries = await grains.GetGrain<IInstanceDirectoryGrain>(0).ListAsync();
        return [.. entries.Where(entry => caller.Sees(entry.Name)).Select(entry => grains.GetGrain<ISmartBotGrain>(entry.Id))];
    }
}
