using IoTGateway.Readings;
using IoTGateway.Storage.BuiltIn;
using Parquet;
using Parquet.Schema;

namespace IoTGateway.Storage.Export;

/// <summary>
/// Apache Parquet: a row group a page. Times are timestamps in milliseconds of UTC, numbers doubles, everything else text; a column may be null wherever the store has
/// nothing.
/// </summary>
internal sealed class ParquetRowWriter : IStoredRowWriter
{
    private readonly IReadOnlyList<StoredSignal> _signals;
    private readonly DataField[] _fields;
    private readonly ParquetWriter _writer;

    private ParquetRowWriter(IReadOnlyList<StoredSignal> signals, DataField[] fields, ParquetWriter writer)
    {
        _signals = signals;
        _fields = fields;
        _writer = writer;
    }

    /// <summary>Makes a writer; the stream stays open.</summary>
    public static async Task<ParquetRowWriter> CreateAsync(Stream stream, IReadOnlyList<StoredSignal> signals, CancellationToken cancellation)
    {
        DataField[] fields =
        [
            .. StoreExport.FixedColumns.Select(name => name is "time" or "received"
                ? new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Millis, isNullable: false)
                : new DataField(name, typeof(string), isNullable: true)),
            .. signals.Select(signal => new DataField(signal.Id, signal.IsLetter ? typeof(string) : typeof(double), isNullable: true)),
        ];
        var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellation).ConfigureAwait(false);
        return new ParquetRowWriter(signals, fields, writer);
    }

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<StoredRow> rows, CancellationToken cancellation)
    {
        using var group = _writer.CreateRowGroup();
        await WriteTimesAsync(group, _fields[0], rows, row => row.Time, cancellation).ConfigureAwait(false);
        await WriteTimesAsync(group, _fields[1], rows, row => row.Received, cancellation).ConfigureAwait(false);
        await WriteTextsAsync(group, _fields[2], rows, row => row.Device).ConfigureAwait(false);
        await WriteTextsAsync(group, _fields[3], rows, row => row.Assignment.Patient).ConfigureAwait(false);
        await WriteTextsAsync(group, _fields[4], rows, row => row.Assignment.Bed).ConfigureAwait(false);
        await WriteTextsAsync(group, _fields[5], rows, row => row.Assignment.Ward).ConfigureAwait(false);
        await WriteTextsAsync(group, _fields[6], rows, row => row.Quality).ConfigureAwait(false);
        foreach (var (index, signal) in _signals.Index())
        {
            var field = _fields[StoreExport.FixedColumns.Count + index];
            if (signal.IsLetter)
            {
                await WriteTextsAsync(group, field, rows, row => double.IsNaN(row.Values[index]) ? null : ((char)row.Values[index]).ToString()).ConfigureAwait(false);
            }
            else
            {
                await WriteNumbersAsync(group, field, rows, index, cancellation).ConfigureAwait(false);
            }
        }

        group.CompleteValidate();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static Task WriteTimesAsync(ParquetRowGroupWriter group, DataField field, IReadOnlyList<StoredRow> rows, Func<StoredRow, Instant> time, CancellationToken cancellation)
    {
        var times = new DateTime[rows.Count];
        for (var index = 0; index < times.Length; index++)
        {
            times[index] = DateOf(time(rows[index]));
        }

        return group.WriteAsync<DateTime>(field, times.AsMemory(), cancellationToken: cancellation);
    }

    private static Task WriteTextsAsync(ParquetRowGroupWriter group, DataField field, IReadOnlyList<StoredRow> rows, Func<StoredRow, string?> text)
    {
        string?[] texts = [.. rows.Select(text)];
        return group.WriteAsync(field, texts);
    }

    private static Task WriteNumbersAsync(ParquetRowGroupWriter group, DataField field, IReadOnlyList<StoredRow> rows, int signal, CancellationToken cancellation)
    {
        var numbers = new double?[rows.Count];
        for (var index = 0; index < numbers.Length; index++)
        {
            numbers[index] = rows[index].Values[signal] is var value && double.IsNaN(value) ? null : value;
        }

        return group.WriteAsync<double>(field, numbers.AsMemory(), cancellationToken: cancellation);
    }

    /// <summary>A date; the first or the last one there is for times outside the years 1 to 9999.</summary>
    private static DateTime DateOf(Instant time)
    {
        var earliest = Instant.From(DateTimeOffset.MinValue);
        var latest = Instant.From(DateTimeOffset.MaxValue);
        return (time < earliest ? earliest : time > latest ? latest : time).ToDateTimeOffset().UtcDateTime;
    }
}
