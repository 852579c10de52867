using EngineBench;

// dotnet run -c Release --project bench/engine [-- calls|memory|writes|latency|reminders|floor ...] [--folder <on which
// disk>]
var folder = args.SkipWhile(a => a != "--folder").Skip(1).FirstOrDefault() ?? Path.GetTempPath();
var chosen = args.TakeWhile(a => a != "--folder").ToHashSet();

Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, files in {folder}");
Console.WriteLine();
Console.WriteLine($"| {"what",-52} | {"result",18} |");
Console.WriteLine($"|{new string('-', 54)}|{new string('-', 20)}|");
if (IsChosen("floor")) await Floor.RunAsync(folder);
if (IsChosen("calls")) await Calls.RunAsync(folder);
if (IsChosen("memory")) await Memory.RunAsync(folder);
if (IsChosen("writes")) await Writes.RunAsync(folder);
if (IsChosen("latency")) await Latency.RunAsync(folder);
if (IsChosen("reminders")) await Reminders.RunAsync(folder);

bool IsChosen(string name) => chosen.Count == 0 || chosen.Contains(name);
