using Orleans;

namespace Waqtor.Silo.Access;

/// <summary>That the first start was done.</summary>
[GenerateSerializer, Alias("waqtor.first-start-state")]
public sealed class FirstStartState
{
    [Id(0)] public DateTimeOffset DoneAt { get; set; }
}
