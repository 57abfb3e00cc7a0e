using IoTGateway.Readings;
using IoTGateway.Storage.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>
/// Writes one row after another by the same prepared statement. Texts that are the same as in the row before stay bound, since rows come
/// sorted by device: converting and copying them would cost more than the rest.
/// </summary>
/// <param name="statement">Its parameters: device, time, received, patient, bed, ward, quality, then the signals' columns.</param>
/// <param name="columnOf">Which column a signal has, from 0.</param>
/// <param name="signalCount">How many columns of signals there are.</param>
internal sealed class RowStatement(SqliteStatement statement, Func<Signal, int> columnOf, int signalCount) : IDisposable
{
    private static readonly int FirstSignal = DayFile.FixedColumns.Length + 1;

    /// <summary>By column of a signal: the number of the run that bound it last; 0 where it is null.</summary>
    private readonly int[] _boundBy = new int[signalCount];

    /// <summary>What the text parameters 1, 4, 5, 6 and 7 hold.</summary>
    private readonly string?[] _texts = new string?[8];

    private int _run = 1;

    /// <summary>Binds the signals of a stored row, from its column 1 on: those the next run does not overwrite are written back.</summary>
    public void KeepSignals(SqliteStatement stored, int count)
    {
        for (var column = 0; column < count; column++)
        {
            if (stored.IsNull(column + 1))
            {
                continue;
            }

            if (stored.IsText(column + 1))
            {
                statement.Bind(FirstSignal + column, stored.Text(column + 1));
            }
            else
            {
                statement.Bind(FirstSignal + column, stored.Double(column + 1));
            }

            _boundBy[column] = _run;
        }
    }

    /// <summary>Writes a row; false if its key is there already and the statement leaves it at that.</summary>
    public bool Run(in ReadingRow row, ReadOnlySpan<SignalValue> values, string? quality)
    {
        BindText(1, row.Device);
        statement.Bind(2, row.Time.UnixMilliseconds);
        statement.Bind(3, row.Received.UnixMilliseconds);
        BindText(4, row.Assignment.Patient);
        BindText(5, row.Assignment.Bed);
        BindText(6, row.Assignment.Ward);
        BindText(7, quality);
        foreach (var value in values)
        {
            var column = columnOf(value.Signal);
            BindValue(FirstSignal + column, value);
            _boundBy[column] = _run;
        }

        for (var column = 0; column < _boundBy.Length; column++)
        {
            if (_boundBy[column] != _run && _boundBy[column] != 0)
            {
                statement.BindNull(FirstSignal + column);
                _boundBy[column] = 0;
            }
        }

        _run++;
        statement.Run();
        return statement.Changes > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();

    private void BindValue(int parameter, in SignalValue value)
    {
        if (double.IsNaN(value.Value))
        {
            statement.BindNull(parameter);
        }
        else if (value.Signal.Form == SignalForm.Letter)
        {
            statement.Bind(parameter, ((char)value.Value).ToString());
        }
        else
        {
            statement.Bind(parameter, value.Value);
        }
    }

    private void BindText(int parameter, string? text)
    {
        if (ReferenceEquals(_texts[parameter], text) || (text is not null && text == _texts[parameter]))
        {
            return;
        }

        statement.Bind(parameter, text);
        _texts[parameter] = text;
    }
}
