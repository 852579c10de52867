using System.Data.Common;
using Orleans.Runtime;

namespace Waqtor.Api.Problems;

/// <summary>Tells a store or cluster that does not answer, which passes, from a fault of ours, which does not.</summary>
internal static class StoreFailure
{
    public static bool Is(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.All(Is),
        TimeoutException or OrleansException or DbException or IOException => true,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
