using Orleans.Concurrency;

namespace EmbeddedOrleans.Tests.Turns;

internal interface IReentrantGrain : ITurnGrain;

[Reentrant]
internal sealed class ReentrantGrain(Gates gates) : TurnGrain(gates), IReentrantGrain;
