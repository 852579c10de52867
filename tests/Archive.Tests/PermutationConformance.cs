using FsCheck;
using FsCheck.Fluent;

namespace Waqtor.Archive.Tests;

/// <summary>Events come at least once and may overtake each other: the rows must not tell.</summary>
public abstract class PermutationConformance(ITestDatabase database) : ArchiveConformance(database)
{
    private const int Runs = 60;

    private int _run;

    [ConformanceFact]
    public async Task Events_InAnyOrderCallsAndNumber_EndInTheSameRows()
    {
        // Which events, and the seed of how they are told the second time.
        var scripts = Gen.Choose(0, EventScript.Numbers - 1).ArrayOf().Resize(60).Zip(Gen.Choose(0, int.MaxValue - 1)).ToArbitrary();
        await Task.Run(() => Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Runs),
            Prop.ForAll(scripts, script => Holds(script.Item1, script.Item2).GetAwaiter().GetResult())));
    }

    private async Task<bool> Holds(int[] numbers, int seed)
    {
        var run = ++_run;
        var (once, often) = ($"a{run}-", $"b{run}-");
        var inOrder = numbers.Distinct().ToArray();
        await Archive.Writer.AppendAsync([.. inOrder.Select(number => EventScript.Event(number, once))]);

        var random = new Random(seed);
        var told = inOrder.Concat(inOrder.Where(_ => random.Next(2) == 0)).ToArray();
        random.Shuffle(told);
        var calls = new List<Task>();
        for (var at = 0; at < told.Length;)
        {
            var size = random.Next(1, 12);
            var call = Writer(calls.Count).AppendAsync([.. told.Skip(at).Take(size).Select(number => EventScript.Event(number, often))]);
            // One after the other, or at once.
            if (random.Next(2) == 0) await call;
            calls.Add(call);
            at += size;
        }

        await Task.WhenAll(calls);
        var (expected, actual) = await WithConnectionAsync(async connection =>
            (await TableDump.ReadAsync(connection, once), await TableDump.ReadAsync(connection, often)));
        actual.ShouldBe(expected);
        return true;
    }

    /// <summary>Who writes the call of this number.</summary>
    protected virtual IArchiveWriter Writer(int call) => Archive.Writer;
}
