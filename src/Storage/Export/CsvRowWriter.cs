using System.Globalization;
using System.Text;
using IoTGateway.Storage.BuiltIn;

namespace IoTGateway.Storage.Export;

/// <summary>
/// CSV by RFC 4180, in UTF-8: a line of names, then a line a row, ended by CR LF. Times are ISO 8601 in UTC with milliseconds; numbers have a decimal point and as
/// many digits as it takes to read the same number back; an empty field is none.
/// </summary>
internal sealed class CsvRowWriter : IStoredRowWriter
{
    private readonly IReadOnlyList<StoredSignal> _signals;
    private readonly StreamWriter _output;
    private bool _hasNames;

    /// <summary>Makes a writer; the stream stays open.</summary>
    public CsvRowWriter(Stream stream, IReadOnlyList<StoredSignal> signals)
    {
        _signals = signals;
        _output = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
    }

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<StoredRow> rows, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        AddNames(text);
        foreach (var row in rows)
        {
            Add(text, row);
        }

        await _output.WriteAsync(text, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var text = new StringBuilder();
        AddNames(text);
        await _output.WriteAsync(text).ConfigureAwait(false);
        await _output.DisposeAsync().ConfigureAwait(false);
    }

    private void AddNames(StringBuilder text)
    {
        if (!_hasNames)
        {
            text.AppendJoin(',', StoreExport.FixedColumns.Concat(_signals.Select(signal => signal.Id))).Append("\r\n");
            _hasNames = true;
        }
    }

    private void Add(StringBuilder text, StoredRow row)
    {
        text.Append(row.Time).Append(',').Append(row.Received);
        AddText(text, row.Device);
        AddText(text, row.Assignment.Patient);
        AddText(text, row.Assignment.Bed);
        AddText(text, row.Assignment.Ward);
        AddText(text, row.Quality ?? "");
        for (var index = 0; index < _signals.Count; index++)
        {
            text.Append(',');
            if (row.Values[index] is var value && double.IsNaN(value))
            {
                continue;
            }

            if (_signals[index].IsLetter)
            {
                text.Append((char)value);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"{value}");
            }
        }

        text.Append("\r\n");
    }

    private static void AddText(StringBuilder text, string field)
    {
        text.Append(',');
        if (field.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            text.Append(field);
        }
        else
        {
            text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
    }
}
