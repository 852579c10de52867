namespace Waqtor.SmartBot;

/// <summary>The rules that each kept model learnt, newest last. Beside <see cref="SmartBotState"/>, so that an edit does not write them all.</summary>
[GenerateSerializer, Alias("waqtor.smartbot-versions-state")]
public sealed class SmartBotVersionsState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    [Id(1)] public List<KeptVersion> Kept { get; set; } = [];
}
