using System.Globalization;

namespace Waqtor.Bench.Ingest;

/// <summary>The command line: a scenario and its figures.</summary>
public sealed record Settings(string Command, IReadOnlyDictionary<string, string> Values)
{
    public int Rounds => Number("rounds", 3);
    public int Seconds => Number("seconds", 6);
    public int Minutes => Number("minutes", 10);
    public int Rate => Number("rate", 2_000);

    /// <summary>Cases of <c>acks</c> to run, by the start of their names; empty: all.</summary>
    public string Only => Values.GetValueOrDefault("only", "");

    public static Settings Parse(string[] arguments)
    {
        var command = arguments is [var first, ..] && !first.StartsWith("--", StringComparison.Ordinal) ? first : "acks";
        var values = new Dictionary<string, string>();
        for (var index = 0; index + 1 < arguments.Length; index++)
            if (arguments[index].StartsWith("--", StringComparison.Ordinal))
                values[arguments[index][2..]] = arguments[index + 1];
        return new Settings(command, values);
    }

    public static int PrintUsage()
    {
        Console.WriteLine("""
            bench/ingest/run [scenario] [--name value ...]

              acks     durable acknowledgements per second from 64 connections, beside the peers  --rounds 3 --seconds 6 --only ""
              steady   acknowledgement latency at an open-loop rate, beside the bare endpoint      --rate 2000 --seconds 30 --warm-up 10 --rounds 3 --only ""
              flush    how late buffers are flushed while 10,000 are open                         --seconds 40
              memory   resident memory under steady load                                         --rate 500 --minutes 10
              known    resident memory with 100,000 conversations known
              start    start-up with 10,000 pending conversations
              all      each of them in turn
            """);
        return 2;
    }

    public int Number(string name, int otherwise) =>
        Values.TryGetValue(name, out var given) ? int.Parse(given, CultureInfo.InvariantCulture) : otherwise;
}
