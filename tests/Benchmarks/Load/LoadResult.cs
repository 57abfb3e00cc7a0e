using System.Text.Json.Serialization;

namespace IoTGateway.Benchmarks.Load;

/// <summary>What the load generator tells of a run, in its own words.</summary>
internal sealed record LoadResult(
    [property: JsonPropertyName("acked_per_s")] double AcknowledgedPerSecond,
    [property: JsonPropertyName("acked")] long Acknowledged,
    [property: JsonPropertyName("unacked")] long Unacknowledged,
    [property: JsonPropertyName("p50_ms")] double MedianMilliseconds,
    [property: JsonPropertyName("p99_ms")] double Percentile99Milliseconds,
    [property: JsonPropertyName("load_cpu_s")] double CpuSeconds);
