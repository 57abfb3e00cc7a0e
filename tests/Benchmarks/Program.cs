using IoTGateway.Benchmarks;
using IoTGateway.Benchmarks.Host;
using IoTGateway.Benchmarks.Rules;

return args is ["load-rules"] ? RuleLoading.RunCold()
    : args is ["host", var directory] ? await BareHost.RunAsync(directory) : await Benchmark.RunAsync(args);
