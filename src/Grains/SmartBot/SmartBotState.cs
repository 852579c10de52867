using Waqtor.Events;

namespace Waqtor.SmartBot;

/// <summary>What <see cref="SmartBotGrain"/> stores of rules and model. The model itself is not stored: it follows from the rules.</summary>
[GenerateSerializer, Alias("waqtor.smartbot-state")]
public sealed class SmartBotState
{
    /// <summary>Version of this layout.</summary>
    [Id(0)] public int Version { get; set; } = 1;
    /// <summary>The instance's name.</summary>
    [Id(1)] public string Instance { get; set; } = "";
    [Id(2)] public List<BotRule> Rules { get; set; } = [];
    /// <summary>Rises with each change that the model must learn.</summary>
    [Id(3)] public long Revision { get; set; }
    /// <summary>Rises with each change that nodes must see.</summary>
    [Id(4)] public long Stamp { get; set; }
    /// <summary>0: none.</summary>
    [Id(5)] public long LiveVersion { get; set; }
    /// <summary>The revision that was learnt, or refused.</summary>
    [Id(6)] public long TrainedRevision { get; set; }
    /// <summary>Learnt phrases came in since the live model: the next one is compared with it.</summary>
    [Id(7)] public bool Compares { get; set; }
    [Id(8)] public RefusedSwap? Refused { get; set; }
    [Id(9)] public long? RestoredFrom { get; set; }
    [Id(10)] public List<string> Warnings { get; set; } = [];
    [Id(11)] public List<DomainEvent> Outbox { get; set; } = [];
}
