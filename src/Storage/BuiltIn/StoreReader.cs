using System.Collections.Immutable;
using IoTGateway.Readings;

namespace IoTGateway.Storage.BuiltIn;

/// <summary>
/// Reads whole rows of the built-in store, of a running or stopped gateway, page after page. Between two pages no statement is open, so that a reader who
/// takes his time does not hold up the checkpoints of the writer.
/// </summary>
public sealed class StoreReader
{
    private readonly string _directory;
    private readonly Instant _from;
    private readonly Instant _to;
    private readonly string? _patient;
    private readonly List<StoreDay> _days;

    private StoreReader(string directory, Instant from, Instant to, string? patient)
    {
        _directory = directory;
        _from = from;
        _to = to;
        _patient = patient;
        _days = [.. StoreDay.In(directory).Where(day => (day.IsLast || day.End > from) && (day.IsFirst || day.Start < to))];
        Signals = ReadSignals();
    }

    /// <summary>The signals of all days that are read, in ordinal order of their ids. What is stored for the first time afterwards is not among them, and is left out.</summary>
    public ImmutableArray<StoredSignal> Signals { get; }

    /// <summary>Finds out what there is; the rows are read by <see cref="Pages"/>.</summary>
    /// <param name="directory">The directory of the day files.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant behind the last.</param>
    /// <param name="patient">Only the rows of this patient; null: of all.</param>
    /// <exception cref="StoreException">The directory holds no day file, or one is damaged or of another version.</exception>
    public static StoreReader Open(string directory, Instant from, Instant to, string? patient = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return Directory.Exists(directory) && StoreDay.In(directory).Count > 0
            ? new StoreReader(directory, from, to, patient)
            : throw new StoreException($"There is no built-in store in {Path.GetFullPath(directory)}.");
    }

    /// <summary>The rows in order.</summary>
    /// <param name="rowsAtMost">Rows of a page at most; 1 or more.</param>
    /// <param name="after">Only the rows behind this place; null: all.</param>
    /// <exception cref="StoreException">A day file is damaged or of another version.</exception>
    public IEnumerable<StoredPage> Pages(int rowsAtMost, StorePlace? after = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsAtMost, 1);
        return ReadPages(rowsAtMost, after);
    }

    private IEnumerable<StoredPage> ReadPages(int rowsAtMost, StorePlace? after)
    {
        var sizes = _days.ConvertAll(day => SizeOf(PathOf(day)));
        var (all, before) = (Math.Max(sizes.Sum(), 1), 0.0);
        foreach (var (index, day) in _days.Index())
        {
            if (after is null || day >= StoreDay.Of(after.Value.Time))
            {
                foreach (var (rows, done) in ReadDay(day, rowsAtMost, after is { } place && day == StoreDay.Of(place.Time) ? place : null))
                {
                    yield return new StoredPage(rows, (before + (sizes[index] * done)) / all);
                }
            }

            before += sizes[index];
        }
    }

    private IEnumerable<(List<StoredRow> Rows, double Done)> ReadDay(StoreDay day, int rowsAtMost, StorePlace? after)
    {
        using var rows = StoredDay.Open(PathOf(day), Signals, _patient);
        if (rows is null)
        {
            yield break;
        }

        var page = new List<StoredRow>();
        var devices = rows.Devices;
        foreach (var (index, device) in devices.Index())
        {
            var order = after is { } place ? string.CompareOrdinal(device, place.Device) : 1;
            if (order < 0)
            {
                continue;
            }

            var from = order == 0 ? Instant.Later(_from, Next(after!.Value.Time)) : _from;
            while (rows.Read(page, device, from, _to, rowsAtMost))
            {
                from = Next(page[^1].Time);
                yield return (page, (index + 0.5) / devices.Count);
                page = [];
            }
        }

        if (page.Count > 0)
        {
            yield return (page, 1);
        }
    }

    private ImmutableArray<StoredSignal> ReadSignals()
    {
        var signals = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var day in _days)
        {
            foreach (var signal in StoredDay.SignalsOf(PathOf(day)))
            {
                signals[signal.Id] = signal.IsLetter || signals.GetValueOrDefault(signal.Id);
            }
        }

        return [.. signals.Select(pair => new StoredSignal(pair.Key, pair.Value))];
    }

    private string PathOf(StoreDay day) => Path.Combine(_directory, day.FileName);

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static Instant Next(Instant time) => new(time.UnixMilliseconds + 1);
}
