using Waqtor.Api.Problems;

namespace Waqtor.Api.Lists;

/// <summary>The limits of every list.</summary>
internal static class Paging
{
    public const int LimitDefault = 50;
    public const int LimitMax = 200;

    /// <summary>Null: fine.</summary>
    public static Problem? Check(int limit) => limit is >= 1 and <= LimitMax ? null : Problem.Invalid("limit", $"1 to {LimitMax}.");
}
