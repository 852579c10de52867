namespace EmbeddedOrleans.Tests.Activations;

internal interface IKeptGrain : ILifeGrain;

[KeepAlive]
internal sealed class KeptGrain(Gates gates, ActivationCounter counter) : LifeGrain(gates, counter), IKeptGrain;

internal interface IShortLivedGrain : ILifeGrain;

[CollectionAgeLimit(Minutes = 2)]
internal sealed class ShortLivedGrain(
    Gates gates, ActivationCounter counter) : LifeGrain(gates, counter), IShortLivedGrain;
