using Waqtor.Realtime;

namespace Waqtor.Instances;

/// <summary>Hints that an instance changed; truth is the directory. An item is the instance's name, a string.</summary>
public static class InstanceStreams
{
    public const string Provider = TopicStreams.Provider;
    public const string Namespace = "instances";
    public const string Key = "changed";
}
