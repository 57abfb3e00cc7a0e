using IoTGateway.Benchmarks;
using IoTGateway.Benchmarks.Host;

return args is ["host", var directory] ? await BareHost.RunAsync(directory) : await Benchmark.RunAsync(args);
