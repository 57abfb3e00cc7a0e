using System.Diagnostics.Metrics;

namespace IoTGateway.Archive;

/// <summary>The meter <c>IoTGateway.Archive</c>: <c>iotgateway.archive.lag</c> (seconds) and <c>iotgateway.archive.size</c> (bytes).</summary>
internal sealed class ArchiveMeter : IDisposable
{
    private readonly Meter _meter = new("IoTGateway.Archive");

    public ArchiveMeter(ArchiveConsumer archive)
    {
        _meter.CreateObservableGauge("iotgateway.archive.lag", () => archive.Lag.TotalSeconds, "s", "Age of the oldest record that is not archived yet.");
        _meter.CreateObservableGauge("iotgateway.archive.size", () => archive.SizeBytes, "By", "Size of the archive's file, with what has still to be moved into it.");
    }

    public void Dispose() => _meter.Dispose();
}
