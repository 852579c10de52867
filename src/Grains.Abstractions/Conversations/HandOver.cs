namespace Waqtor.Conversations;

/// <summary>
/// When an attempt was given to its worker, or messages to their conversation. A worker's silo that ends makes it wait until its
/// other work is over, a conversation's slow store keeps messages waiting, and their time passes meanwhile. Stateless workers live
/// where they are called and a single server has one process, so the clock is mostly their own.
/// </summary>
/// <param name="Process">The process that gave it.</param>
/// <param name="Timestamp">A timestamp of that process, which says nothing in another one.</param>
[GenerateSerializer, Immutable, Alias("waqtor.hand-over")]
public sealed record HandOver([property: Id(0)] string Process, [property: Id(1)] long Timestamp);
