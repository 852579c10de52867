namespace EmbeddedOrleans.Storage;

/// <summary>When a write counts as durable.</summary>
public enum StoreSynchronous
{
    /// <summary>When the disk has confirmed it.</summary>
    Full,

    /// <summary>When the operating system has it: a power cut loses it. For benchmarks.</summary>
    Off,
}
