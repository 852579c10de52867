using System.Globalization;

namespace RealtimeBench;

/// <summary>What is asked for on the command line.</summary>
internal sealed record Settings(IReadOnlyList<int> Connections, int Seconds, bool Writes)
{
    public static Settings Parse(string[] args)
    {
        var connections = new List<int> { 1_000, 5_000 };
        var seconds = 15;
        var writes = true;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--connections":
                    connections = [.. args[++i].Split(',').Select(one => int.Parse(one, CultureInfo.InvariantCulture))];
                    break;
                case "--seconds":
                    seconds = int.Parse(args[++i], CultureInfo.InvariantCulture);
                    break;
                case "--no-write":
                    writes = false;
                    break;
                default:
                    throw new ArgumentException($"Unknown: {args[i]}. Known: --connections 1000,5000 --seconds 15 --no-write");
            }
        }

        return new Settings(connections, seconds, writes);
    }
}
