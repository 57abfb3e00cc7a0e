using System.Runtime.InteropServices;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Storage;

/// <summary>Rows on their way to a sink, in log order, in two lists that are used again for the next batch. For one thread.</summary>
public sealed class RowBatch
{
    private readonly List<ReadingRow> _rows = [];
    private readonly List<SignalValue> _values = [];

    /// <summary>How many rows it holds.</summary>
    public int Count => _rows.Count;

    /// <summary>The rows.</summary>
    public ReadOnlySpan<ReadingRow> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>The values of one of the rows.</summary>
    public ReadOnlySpan<SignalValue> ValuesOf(in ReadingRow row) =>
        CollectionsMarshal.AsSpan(_values).Slice(row.FirstValue, row.ValueCount);

    /// <summary>Adds a row; the values are copied.</summary>
    public void Add(string device, Instant time, Instant received, Assignment assignment, LogPosition position, ReadOnlySpan<SignalValue> values)
    {
        _rows.Add(new ReadingRow(device, time, received, assignment, position, _values.Count, values.Length));
        _values.AddRange(values);
    }

    /// <summary>Adds the row of a decoded reading.</summary>
    public void Add(string device, Reading reading, Assignment assignment, LogPosition position)
    {
        ArgumentNullException.ThrowIfNull(reading);
        Add(device, reading.CorrectedTime, reading.ReceivedTime, assignment, position, CollectionsMarshal.AsSpan(reading.Values));
    }

    /// <summary>Empties it for the next use.</summary>
    public void Clear()
    {
        _rows.Clear();
        _values.Clear();
    }
}
