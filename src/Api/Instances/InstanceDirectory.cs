using System.Collections.Immutable;
using Waqtor.Instances;

namespace Waqtor.Api.Instances;

/// <summary>A node's copy of the directory: which instances might own a provider's name. Never changed, only replaced.</summary>
internal sealed class InstanceDirectory
{
    private readonly ILookup<(ProviderKind, string), string> _names;

    public InstanceDirectory(ImmutableArray<InstanceEntry> entries)
    {
        Entries = entries;
        _names = entries.SelectMany(Names).ToLookup(pair => pair.Key, pair => pair.Name);
    }

    public static InstanceDirectory Empty { get; } = new([]);

    public ImmutableArray<InstanceEntry> Entries { get; }

    /// <summary>Names of the provider's instances that answer to <paramref name="routeTo"/>.</summary>
    public IEnumerable<string> Candidates(ProviderKind provider, string routeTo) => _names[(provider, routeTo)];

    /// <summary>This directory with one instance as it is now; null: without it.</summary>
    public InstanceDirectory With(string name, InstanceConfiguration? configuration)
    {
        var others = Entries.RemoveAll(entry => entry.Name == name);
        return new(configuration is null ? others : others.Add(new InstanceEntry(
            configuration.Id, name, configuration.Settings.Provider, configuration.Settings.PhoneNumberId,
            configuration.Settings.ProviderInstance, configuration.Version)));
    }

    private static IEnumerable<((ProviderKind, string) Key, string Name)> Names(InstanceEntry entry)
    {
        if (entry.Provider == ProviderKind.Cloud)
        {
            if (entry.PhoneNumberId is { Length: > 0 } number) yield return ((entry.Provider, number), entry.Name);
            yield break;
        }

        if (entry.ProviderInstance is { Length: > 0 } session) yield return ((entry.Provider, session), entry.Name);
        if (entry.ProviderInstance != entry.Name) yield return ((entry.Provider, entry.Name), entry.Name);
    }
}
