namespace Waqtor.SmartBot;

/// <summary>Keeps the best few rules in order.</summary>
internal static class RankedRules
{
    public static void Insert(Span<int> top, int rule, Func<int, float> score)
    {
        for (var rank = 0; rank < top.Length; rank++)
        {
            if (top[rank] >= 0 && score(rule) <= score(top[rank])) continue;
            top[rank..^1].CopyTo(top[(rank + 1)..]);
            top[rank] = rule;
            return;
        }
    }

    public static void Insert(Span<int> top, int rule, ReadOnlySpan<float> scores)
    {
        for (var rank = 0; rank < top.Length; rank++)
        {
            if (top[rank] >= 0 && scores[rule] <= scores[top[rank]]) continue;
            top[rank..^1].CopyTo(top[(rank + 1)..]);
            top[rank] = rule;
            return;
        }
    }
}
