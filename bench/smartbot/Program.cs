using Waqtor.Bench.SmartBot;

var quick = args.Contains("--quick");
var folder = args.FirstOrDefault(argument => !argument.StartsWith('-')) ?? Environment.GetEnvironmentVariable("WAQTOR_INTENTS");
if (folder is null || !Directory.Exists(folder))
{
    Console.Error.WriteLine("The intent data is missing: give its folder as an argument or in WAQTOR_INTENTS. See bench/smartbot/README.md for what it holds.");
    return 2;
}

var data = new IntentData(folder);
var table = new ResultTable();
var seeds = quick ? 1 : 5;
var page = quick ? null : Path.Combine(AppContext.BaseDirectory, "../../../../../bench/smartbot/RESULTS.md");
Action[] parts =
[
    () => FewShot.Measure(data, table, seeds),
    () => Tenants.Measure(data, table, quick ? 3 : 10),
    () => OutOfScope.Measure(data, table, seeds),
    () => Typing.Measure(data, table, seeds),
    () => LearningLoop.Measure(data, table, seeds),
    () => Speed.Measure(data, table),
    () => { if (!quick) FullData.Measure(data, table); },
];
foreach (var part in parts)
{
    part();
    table.Save(page);
}

return 0;
