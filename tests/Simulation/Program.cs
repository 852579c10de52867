using Waqtor.Simulation.Running;

return CommandLine.Run(args, Console.Out);
