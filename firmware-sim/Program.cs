using IoTGateway.FirmwareSim.Commands;

var terminal = new Terminal(Console.Out, Console.Error, IsInteractive: !Console.IsOutputRedirected, TimeProvider.System);
return await CommandLine.RunAsync(args, terminal, CancellationToken.None);
