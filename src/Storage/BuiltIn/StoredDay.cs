using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>One day of the built-in store, open for reading its rows.</summary>
internal sealed class StoredDay : IDisposable
{
    private const int FirstSignal = 6;

    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly string? _patient;
    private readonly int _signalCount;

    /// <summary>For each signal that the day has a column for, its place among the signals of all days.</summary>
    private readonly List<int> _places = [];

    private readonly SqliteStatement _rows;
    private Assignment? _assignment;

    private StoredDay(string path, SqliteConnection connection, ImmutableArray<StoredSignal> signals, string? patient)
    {
        _path = path;
        _connection = connection;
        _patient = patient;
        _signalCount = signals.Length;
        var columns = SqliteFile.ColumnsOf(connection, "readings");
        var selected = "";
        foreach (var (place, signal) in signals.Index())
        {
            if (columns.Contains(signal.Id))
            {
                _places.Add(place);
                selected += ", " + SqliteFile.Quoted(signal.Id);
            }
        }

        _rows = new SqliteStatement(connection, RowsSql(selected, ofPatient: patient is not null));
        Devices = ReadDevices();
    }

    /// <summary>The devices that have rows, in ordinal order.</summary>
    public IReadOnlyList<string> Devices { get; }

    /// <summary>Opens a day; null where its file is gone, or has nothing in it yet.</summary>
    /// <exception cref="StoreException">It is damaged or of another version.</exception>
    public static StoredDay? Open(string path, ImmutableArray<StoredSignal> signals, string? patient) => Guard(path, () =>
    {
        if (StoreDatabase.OpenForReading(path) is not { } connection)
        {
            return null;
        }

        try
        {
            return new StoredDay(path, connection, signals, patient);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>The signals that a day has a column for; none where its file is gone.</summary>
    /// <exception cref="StoreException">It is damaged or of another version.</exception>
    public static IReadOnlyList<StoredSignal> SignalsOf(string path) => Guard(path, () =>
    {
        var signals = new List<StoredSignal>();
        using var connection = StoreDatabase.OpenForReading(path);
        if (connection is not null)
        {
            using var columns = new SqliteStatement(connection, "SELECT name, type FROM pragma_table_info('readings') ORDER BY cid");
            while (columns.Step())
            {
                if (!DayFile.FixedColumns.Contains(columns.Text(0), StringComparer.Ordinal))
                {
                    signals.Add(new StoredSignal(columns.Text(0), columns.Text(1) == "TEXT"));
                }
            }
        }

        return signals;
    }) ?? [];

    /// <summary>A device's rows between two times, by the key.</summary>
    internal static string RowsSql(string selected, bool ofPatient) => $"""
        SELECT time, received, patient, bed, ward, quality{selected} FROM readings
        WHERE device = ?1 AND time >= ?2 AND time < ?3{(ofPatient ? " AND patient = ?5" : "")} ORDER BY time LIMIT ?4
        """;

    /// <summary>Adds the rows of a device between two times, in order, until there are so many.</summary>
    /// <returns>Whether the list is full; then there may be more.</returns>
    public bool Read(List<StoredRow> rows, string device, Instant from, Instant to, int rowsAtMost) => Guard(_path, () =>
    {
        _rows.Bind(1, device);
        _rows.Bind(2, from.UnixMilliseconds);
        _rows.Bind(3, to.UnixMilliseconds);
        _rows.Bind(4, rowsAtMost - rows.Count);
        if (_patient is not null)
        {
            _rows.Bind(5, _patient);
        }

        while (_rows.Step())
        {
            rows.Add(ReadRow(device));
        }

        _rows.Reset();
        return rows.Count >= rowsAtMost;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _connection.Dispose();
    }

    private StoredRow ReadRow(string device)
    {
        var (patient, bed, ward) = (_rows.Text(2), _rows.Text(3), _rows.Text(4));
        if (_assignment is null || _assignment.Patient != patient || _assignment.Bed != bed || _assignment.Ward != ward)
        {
            _assignment = new Assignment(patient, ward, bed);
        }

        var values = new double[_signalCount];
        Array.Fill(values, double.NaN);
        foreach (var (column, place) in _places.Index())
        {
            values[place] = NumberOf(FirstSignal + column);
        }

        return new StoredRow(device, new Instant(_rows.Int64(0)), new Instant(_rows.Int64(1)), _assignment, _rows.IsNull(5) ? null : _rows.Text(5), values);
    }

    private double NumberOf(int column) =>
        _rows.IsNull(column) ? double.NaN
        : !_rows.IsText(column) ? _rows.Double(column)
        : _rows.Text(column) is { Length: > 0 } letter ? letter[0] : double.NaN;

    private List<string> ReadDevices()
    {
        using var statement = new SqliteStatement(_connection, _patient is null ? "SELECT DISTINCT device FROM patients" : "SELECT device FROM patients WHERE patient = ?1");
        if (_patient is not null)
        {
            statement.Bind(1, _patient);
        }

        var devices = new List<string>();
        while (statement.Step())
        {
            devices.Add(statement.Text(0));
        }

        devices.Sort(StringComparer.Ordinal);
        return devices;
    }

    private static T? Guard<T>(string path, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException) when (!File.Exists(path))
        {
            return default; // Retention deleted the day while we were looking: then there is nothing to tell of it.
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"{path} cannot be read ({failure.Message}).", failure);
        }
    }
}
