using Waqtor.Silo.Commands;

var line = CommandLine.Parse(args);
return line.Command switch
{
    Command.Run => await RunCommand.ExecuteAsync(line.Settings),
    Command.Demo => await DemoCommand.ExecuteAsync(line.Settings),
    Command.CheckConfig => await CheckConfigCommand.ExecuteAsync(line.Settings),
    Command.ConfigDoc => ConfigDocCommand.Execute(),
    Command.Version => Usage.PrintVersion(),
    Command.Help => Usage.Print(),
    _ => Usage.Refuse(line.Error),
};
