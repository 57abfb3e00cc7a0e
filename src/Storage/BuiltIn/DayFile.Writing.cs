using System.Globalization;
using System.Runtime.InteropServices;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

internal sealed partial class DayFile
{
    /// <summary>The signals that have a column, in the columns' order.</summary>
    private readonly List<string> _signals = [];

    /// <summary>Where a signal's column is, by the signal's index in its catalogue; checked by reference, since catalogues change.</summary>
    private readonly List<(Signal? Signal, int Column)> _columns = [];

    private RowStatement _insert = null!; // Set by PrepareStatements, which the constructor calls.
    private RowStatement _replace = null!;
    private SqliteStatement _select = null!;

    /// <summary>Writes rows in one transaction.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="order">Which of its rows, by device, time and log position.</param>
    public void Write(RowBatch batch, ReadOnlySpan<int> order)
    {
        _begin.Run();
        AddColumns(batch, order);
        string? device = null;
        string? patient = null;
        foreach (var index in order)
        {
            ref readonly var row = ref batch.Rows[index];
            if (row.Device != device || row.Assignment.Patient != patient)
            {
                (device, patient) = (row.Device, row.Assignment.Patient);
                AddPatient(patient, device);
            }

            var values = batch.ValuesOf(row);
            if (!_insert.Run(row, values, QualityText.Of(values)))
            {
                Merge(row, values);
            }
        }

        _commit.Run();
    }

    /// <summary>Gives what a device said between two times to somebody else.</summary>
    public void Correct(CensusCorrection correction)
    {
        _begin.Run();
        using (var update = new SqliteStatement(_connection, "UPDATE readings SET patient = ?1, bed = ?2, ward = ?3 WHERE device = ?4 AND time >= ?5 AND time < ?6"))
        {
            update.Bind(1, correction.Assignment.Patient);
            update.Bind(2, correction.Assignment.Bed);
            update.Bind(3, correction.Assignment.Ward);
            update.Bind(4, correction.Device);
            update.Bind(5, correction.From.UnixMilliseconds);
            update.Bind(6, correction.Until.UnixMilliseconds);
            update.Run();
        }

        AddPatient(correction.Assignment.Patient, correction.Device);
        _commit.Run();
    }

    /// <summary>The key is there already: what the row says replaces what is stored, what it does not say stays.</summary>
    private void Merge(in ReadingRow row, ReadOnlySpan<SignalValue> values)
    {
        _select.Bind(1, row.Device);
        _select.Bind(2, row.Time.UnixMilliseconds);
        if (!_select.Step())
        {
            throw new InvalidOperationException("A key that was in the way is not there.");
        }

        _replace.KeepSignals(_select, _signals.Count);
        var quality = QualityText.Merge(_select.IsNull(0) ? null : _select.Text(0), values);
        _select.Reset();
        _replace.Run(row, values, quality);
    }

    private void AddPatient(string patient, string device)
    {
        if (_knownPatients.Add((patient, device)))
        {
            _addPatient.Bind(1, patient);
            _addPatient.Bind(2, device);
            _addPatient.Run();
        }
    }

    /// <summary>Makes columns for signals that have none yet, in the open transaction.</summary>
    private void AddColumns(RowBatch batch, ReadOnlySpan<int> order)
    {
        var count = _signals.Count;
        foreach (var index in order)
        {
            foreach (var value in batch.ValuesOf(batch.Rows[index]))
            {
                if (!IsKnown(value.Signal))
                {
                    AddColumn(value.Signal);
                }
            }
        }

        if (_signals.Count != count)
        {
            DisposeStatements();
            PrepareStatements();
        }
    }

    private bool IsKnown(Signal signal) => signal.Index < _columns.Count && ReferenceEquals(_columns[signal.Index].Signal, signal);

    private int ColumnOf(Signal signal) => _columns[signal.Index].Column;

    private void AddColumn(Signal signal)
    {
        var column = _signals.IndexOf(signal.Id);
        if (column < 0)
        {
            if (FixedColumns.Contains(signal.Id, StringComparer.OrdinalIgnoreCase))
            {
                throw new StoreException($"A signal cannot be called '{signal.Id}': the store has a column of that name. Rename it in the signal catalogue.");
            }

            var type = signal.Form == SignalForm.Letter ? "TEXT" : "REAL";
            SqliteFile.Execute(_connection, $"ALTER TABLE readings ADD COLUMN {SqliteFile.Quoted(signal.Id)} {type}");
            column = _signals.Count;
            _signals.Add(signal.Id);
        }

        if (_columns.Count <= signal.Index)
        {
            CollectionsMarshal.SetCount(_columns, signal.Index + 1);
        }

        _columns[signal.Index] = (signal, column);
    }

    private void PrepareStatements()
    {
        var signals = string.Concat(_signals.Select(signal => ", " + SqliteFile.Quoted(signal)));
        var parameters = string.Join(", ", Enumerable.Range(1, FixedColumns.Length + _signals.Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"?{number}")));
        var into = $"INTO readings({string.Join(", ", FixedColumns)}{signals}) VALUES ({parameters})";
        _insert = new RowStatement(new SqliteStatement(_connection, $"INSERT {into} ON CONFLICT DO NOTHING"), ColumnOf, _signals.Count);
        _replace = new RowStatement(new SqliteStatement(_connection, $"REPLACE {into}"), ColumnOf, _signals.Count);
        _select = new SqliteStatement(_connection, $"SELECT quality{signals} FROM readings WHERE device = ?1 AND time = ?2");
    }

    private void DisposeStatements()
    {
        _insert.Dispose();
        _replace.Dispose();
        _select.Dispose();
    }
}
