using Waqtor.Bench.Ingest;

var settings = Settings.Parse(args);
return settings.Command switch
{
    "acks" => await AcksScenario.RunAsync(settings),
    "steady" => await SteadyScenario.RunAsync(settings),
    "flush" => await FlushScenario.RunAsync(settings),
    "memory" => await MemoryScenario.RunAsync(settings),
    "known" => await KnownScenario.RunAsync(settings),
    "start" => await StartScenario.RunAsync(settings),
    "all" => await AllScenarios.RunAsync(settings),
    _ => Settings.PrintUsage(),
};
