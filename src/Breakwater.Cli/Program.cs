return Breakwater.Cli.BreakwaterCommand.Run(args, Console.Out, Console.Error);
