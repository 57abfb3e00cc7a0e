using System.Diagnostics.Metrics;

namespace IoTGateway.Queue;

/// <summary>
/// The meter <c>IoTGateway.Queue</c> of one log. No figure is kept per topic: there may be 100,000 of them, too many for most who collect
/// metrics; those are in <c>queue list</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term><c>iotgateway.queue.appended.records</c></term><description>records made durable since the start</description></item>
/// <item><term><c>iotgateway.queue.appended</c></term><description>bytes of them, as written; unit By</description></item>
/// <item><term><c>iotgateway.queue.commit.duration</c></term><description>write and flush of one group commit; unit s</description></item>
/// <item><term><c>iotgateway.queue.commit.size</c></term><description>bytes of one group commit; unit By</description></item>
/// <item><term><c>iotgateway.queue.refused</c></term><description>appends that were not taken since the start, by <c>reason</c> (<c>NoRoom</c> and <c>Full</c> are tried again)</description></item>
/// <item><term><c>iotgateway.queue.size</c></term><description>bytes of the log that are kept; unit By</description></item>
/// <item><term><c>iotgateway.queue.topics</c></term><description>topics there are</description></item>
/// <item><term><c>iotgateway.queue.depth</c></term><description>records of the log behind a consumer's place, by <c>consumer</c></description></item>
/// <item><term><c>iotgateway.queue.oldest.age</c></term><description>age of the oldest of them, by <c>consumer</c>; unit s</description></item>
/// <item><term><c>iotgateway.queue.paused</c></term><description>1 where a consumer is paused, by <c>consumer</c></description></item>
/// </list>
/// </remarks>
internal sealed class QueueMeter : IDisposable
{
    public const string Name = "IoTGateway.Queue";

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<long> _commitSize;
    private readonly long[] _refused = new long[Enum.GetValues<AppendResult>().Length];
    private long _records;
    private long _bytes;

    public QueueMeter()
    {
        _commitDuration = _meter.CreateHistogram<double>("iotgateway.queue.commit.duration", "s", "Write and flush of one group commit.");
        _commitSize = _meter.CreateHistogram<long>("iotgateway.queue.commit.size", "By", "Bytes of one group commit.");
    }

    /// <summary>Shows what the log itself knows. From here on the meter holds the log until it is disposed.</summary>
    public void Observe(DurableLog log, TimeProvider clock)
    {
        _meter.CreateObservableCounter("iotgateway.queue.appended.records", () => Volatile.Read(ref _records), null, "Records made durable since the start.");
        _meter.CreateObservableCounter("iotgateway.queue.appended", () => Volatile.Read(ref _bytes), "By", "Bytes of the records made durable since the start.");
        _meter.CreateObservableCounter("iotgateway.queue.refused", Refused, null, "Appends that were not taken since the start.");
        _meter.CreateObservableGauge("iotgateway.queue.size", () => log.End.Address - log.Start.Address, "By", "Bytes of the log that are kept.");
        _meter.CreateObservableGauge("iotgateway.queue.topics", () => log.TopicCount, null, "Topics there are.");
        _meter.CreateObservableGauge("iotgateway.queue.depth", () => Each(log, status => status.Depth), null, "Records of the log behind a consumer's place.");
        _meter.CreateObservableGauge(
            "iotgateway.queue.oldest.age", () => Each(log, status => AgeOf(status, clock)), "s", "Age of the oldest record a consumer has not consumed.");
        _meter.CreateObservableGauge("iotgateway.queue.paused", () => Each(log, status => status.IsPaused ? 1 : 0), null, "1 where a consumer is paused.");
    }

    public void Committed(TimeSpan duration, int bytes, int records)
    {
        Volatile.Write(ref _records, _records + records);
        Volatile.Write(ref _bytes, _bytes + bytes);
        _commitDuration.Record(duration.TotalSeconds);
        _commitSize.Record(bytes);
    }

    public AppendResult Count(AppendResult result)
    {
        Interlocked.Increment(ref _refused[(int)result]);
        return result;
    }

    public void Dispose() => _meter.Dispose();

    private static double AgeOf(ConsumerStatus status, TimeProvider clock) =>
        status.OldestUnixMilliseconds is { } oldest ? Math.Max(0, (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(oldest)).TotalSeconds) : 0;

    private static IEnumerable<Measurement<T>> Each<T>(DurableLog log, Func<ConsumerStatus, T> figure)
        where T : struct =>
        log.Consumers.Select(status => new Measurement<T>(figure(status), new KeyValuePair<string, object?>("consumer", status.Name)));

    private IEnumerable<Measurement<long>> Refused() =>
        Enum.GetValues<AppendResult>().Where(result => result != AppendResult.Appended)
            .Select(result => new Measurement<long>(Volatile.Read(ref _refused[(int)result]), new KeyValuePair<string, object?>("reason", result.ToString())));
}
