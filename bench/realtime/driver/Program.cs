// Fan-out of the feed beside a bare SignalR hub, in one run on one machine. See bench/realtime/run.
using RealtimeBench;

var settings = Settings.Parse(args);
var scenarios = new Scenarios(settings);
var figures = new List<Figures>();
foreach (var connections in settings.Connections)
{
    foreach (var transport in Enum.GetValues<Transport>())
    {
        Console.WriteLine($"{transport}, {connections} connections ...");
        figures.Add(await scenarios.RunAsync(transport, connections, CancellationToken.None));
        Console.WriteLine(Table.Row(figures[^1], figures));
    }
}

var table = Table.Of(figures, settings);
Console.WriteLine(table);
if (settings.Writes) await File.WriteAllTextAsync("bench/realtime/RESULTS.md", table);
