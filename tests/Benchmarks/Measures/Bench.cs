using IoTGateway.Benchmarks.Load;
using IoTGateway.Benchmarks.Machine;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>What every measure needs.</summary>
/// <param name="LoadGenerator">The load generator; null where no measure uses servers.</param>
/// <param name="Workplace">Directories on the disk that is measured.</param>
/// <param name="Rounds">How many interleaved rounds.</param>
/// <param name="Seconds">How long one run of the load lasts.</param>
/// <param name="Backlog">How many readings a long queue has.</param>
internal sealed record Bench(LoadGenerator? LoadGenerator, Workplace Workplace, int Rounds, int Seconds, long Backlog)
{
    /// <summary>The load generator.</summary>
    public LoadGenerator Generator => LoadGenerator ?? throw new InvalidOperationException("A measure that says it uses no servers asks for the load generator.");
}
