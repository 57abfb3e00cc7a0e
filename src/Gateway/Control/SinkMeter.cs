using System.Diagnostics.Metrics;
using IoTGateway.Storage;

namespace IoTGateway.Control;

/// <summary>
/// The sinks' part of the meter <c>IoTGateway.Queue</c>: <c>iotgateway.queue.parked.topics</c>, <c>iotgateway.queue.parked.records</c> and
/// <c>iotgateway.queue.dead_letters</c> (since the start), each by <c>consumer</c>.
/// </summary>
internal sealed class SinkMeter : IDisposable
{
    private readonly Meter _meter = new("IoTGateway.Queue");

    public SinkMeter(IReadOnlyList<StorageConsumer> sinks)
    {
        _meter.CreateObservableGauge("iotgateway.queue.parked.topics", () => Each(sinks, sink => sink.Runner.Parked.Count), null, "Topics that a sink has parked.");
        _meter.CreateObservableGauge(
            "iotgateway.queue.parked.records", () => Each(sinks, sink => sink.Runner.Parked.Sum(parked => parked.Records)), null, "Records that a sink has parked.");
        _meter.CreateObservableCounter(
            "iotgateway.queue.dead_letters", () => Each(sinks, sink => sink.Runner.DeadLetters), null, "Parked records that became dead letters since the start.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Each(IReadOnlyList<StorageConsumer> sinks, Func<StorageConsumer, long> figure) =>
        sinks.Select(sink => new Measurement<long>(figure(sink), new KeyValuePair<string, object?>("consumer", sink.Name)));
}
