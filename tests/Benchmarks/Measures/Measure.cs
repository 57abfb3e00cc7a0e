using IoTGateway.Benchmarks.Report;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>One thing that is measured.</summary>
internal abstract class Measure
{
    /// <summary>By which it is chosen on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it needs the load generator and Mosquitto.</summary>
    public virtual bool UsesServers => true;

    /// <summary>Measures and says what came of it.</summary>
    public abstract Task<IReadOnlyList<Figure>> RunAsync(Bench bench);
}
