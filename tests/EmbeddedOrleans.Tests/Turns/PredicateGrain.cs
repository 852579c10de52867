using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace EmbeddedOrleans.Tests.Turns;

internal interface IPredicateGrain : ITurnGrain;

[MayInterleave(nameof(MayInterleave))]
internal sealed class PredicateGrain(Gates gates) : TurnGrain(gates), IPredicateGrain
{
    public static bool MayInterleave(IInvokable request) =>
        request.GetMethodName() == nameof(ITurnGrain.PassAsync) && request.GetArgument(0) is "quick";
}
