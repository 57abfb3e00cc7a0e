using System.Diagnostics.Metrics;
using IoTGateway.Queue.Draining;

namespace IoTGateway.Control;

/// <summary>
/// The sinks' part of the meter <c>IoTGateway.Queue</c>: <c>iotgateway.queue.parked.topics</c>, <c>iotgateway.queue.parked.records</c> and
/// <c>iotgateway.queue.dead_letters</c> (since the start), each by <c>consumer</c>.
/// </summary>
internal sealed class SinkMeter : IDisposable
{
    private readonly Meter _meter = new("IoTGateway.Queue");

    public SinkMeter(Func<IEnumerable<SinkRunner>> sinks)
    {
        _meter.CreateObservableGauge("iotgateway.queue.parked.topics", () => Each(sinks, sink => sink.Parked.Count), null, "Topics that a sink has parked.");
        _meter.CreateObservableGauge(
            "iotgateway.queue.parked.records", () => Each(sinks, sink => sink.Parked.Sum(parked => parked.Records)), null, "Records that a sink has parked.");
        _meter.CreateObservableCounter(
            "iotgateway.queue.dead_letters", () => Each(sinks, sink => sink.DeadLetters), null, "Parked records that became dead letters since the start.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Each(Func<IEnumerable<SinkRunner>> sinks, Func<SinkRunner, long> figure) =>
        sinks().Select(sink => new Measurement<long>(figure(sink), new KeyValuePair<string, object?>("consumer", sink.Name)));
}
