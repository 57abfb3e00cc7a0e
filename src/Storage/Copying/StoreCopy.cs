using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Readings;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Influx;

namespace IoTGateway.Storage.Copying;

/// <summary>
/// Copies the rows of the built-in store to another sink, page after page, with the patient, bed and ward that are stored. The place is kept after each page, so that
/// a copy that was ended goes on; rows that come twice change nothing.
/// </summary>
/// <remarks>For one thread.</remarks>
public sealed class StoreCopy
{
    private const int ReasonsAtMost = 5;

    private readonly StoreReader _reader;
    private readonly CopyPlaceFile _place;
    private readonly TimeProvider _clock;
    private readonly Backoff _backoff;
    private readonly Signal[] _signals;
    private readonly Dictionary<string, int> _signalById;
    private readonly RowBatch _batch = new();
    private readonly List<string> _reasons = [];

    /// <summary>Which rows of the page are refused: a page may come again.</summary>
    private readonly HashSet<StorePlace> _refusedOfPage = [];
    private long _refused;

    /// <summary>Makes a copy.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="place">How far it has come; not disposed here.</param>
    /// <param name="clock">Measures the time between tries.</param>
    /// <param name="random">Jitter of the tries.</param>
    public StoreCopy(StoreReader reader, CopyPlaceFile place, TimeProvider clock, Random random)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _reader = reader;
        _place = place;
        _clock = clock;
        _backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), random);

        // Made of what is stored: a signal that no catalogue has any more is copied, too.
        _signals = [.. reader.Signals.Select((signal, index) => new Signal { Index = index, Id = signal.Id, Name = signal.Id, Form = signal.IsLetter ? SignalForm.Letter : SignalForm.Number })];
        _signalById = _signals.ToDictionary(signal => signal.Id, signal => signal.Index, StringComparer.Ordinal);
    }

    /// <summary>Counts a row that the sink has refused. To be called by the sink while it stores.</summary>
    public void Refuse(RejectedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Refuse(row.Device, row.Time, row.Reason);
    }

    /// <summary>Copies what is behind the place, until there is no more.</summary>
    /// <param name="sink">Where the rows go; it waits while the server is away.</param>
    /// <param name="progress">Is told after each page how far it has come, from 0 to 1, and how many rows are copied.</param>
    /// <param name="cancellation">Ends it; the place is kept.</param>
    /// <exception cref="StoreException">The store or the file with the place cannot be used.</exception>
    public async Task<CopyResult> RunAsync(IReadingSink sink, Action<double, long> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(progress);
        var begun = _place.Read();
        var (copied, refusedBefore) = (begun?.Copied ?? 0, begun?.Refused ?? 0);
        foreach (var page in _reader.Pages(sink.RowsAtMost, begun?.Last))
        {
            _refusedOfPage.Clear();
            await StoreAsync(sink, page.Rows, cancellation).ConfigureAwait(false);
            copied += page.Rows.Count - _refusedOfPage.Count;
            _place.Write(new CopyPlace(page.Last, copied, refusedBefore + _refused));
            progress(page.Done, copied);
        }

        _place.Forget();
        return new CopyResult(copied, refusedBefore + _refused, _reasons);
    }

    /// <summary>
    /// Stores rows, over which the server may stumble: then they are halved, down to the row that is at fault. While it has not taken a single row yet it may as well be
    /// ill; then it is asked again and again for another one.
    /// </summary>
    private async Task StoreAsync(IReadingSink sink, IReadOnlyList<StoredRow> rows, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await SendAsync(sink, rows, cancellation).ConfigureAwait(false);
                _backoff.Reset();
                return;
            }
            catch (RowsFailException failure) when (failure.IsCertain)
            {
                if (rows.Count == 1)
                {
                    Refuse(rows[0].Device, rows[0].Time, failure.Message);
                    return;
                }

                break;
            }
            catch (RowsFailException)
            {
                await Task.Delay(_backoff.Next(), _clock, cancellation).ConfigureAwait(false);
                await TryAsync(sink, rows[tries % rows.Count], cancellation).ConfigureAwait(false);
            }
        }

        var half = rows.Count / 2;
        await StoreAsync(sink, [.. rows.Take(half)], cancellation).ConfigureAwait(false);
        await StoreAsync(sink, [.. rows.Skip(half)], cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a row only to learn whether the server takes any; its page comes again.</summary>
    private async Task TryAsync(IReadingSink sink, StoredRow row, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(sink, [row], cancellation).ConfigureAwait(false);
        }
        catch (RowsFailException)
        {
            // The next try takes another row.
        }
    }

    private async Task SendAsync(IReadingSink sink, IReadOnlyList<StoredRow> rows, CancellationToken cancellation)
    {
        _batch.Clear();
        var values = new List<SignalValue>();
        foreach (var row in rows)
        {
            values.Clear();
            AddValues(values, row);
            _batch.Add(row.Device, row.Time, row.Received, row.Assignment, LogPosition.Beginning, [.. values]);
        }

        await sink.StoreAsync(_batch, LogPosition.Beginning, cancellation).ConfigureAwait(false);
    }

    /// <summary>The values, those that are marked first and in the order of their marks: so the same text of <c>quality</c> comes out as was written at first.</summary>
    private void AddValues(List<SignalValue> values, StoredRow row)
    {
        foreach (var mark in (row.Quality ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (_signalById.TryGetValue(mark[..Math.Max(mark.IndexOf('='), 0)], out var marked))
            {
                values.Add(new SignalValue(_signals[marked], row.Values[marked], QualityText.Of(mark, _signals[marked].Id)));
            }
        }

        var markedCount = values.Count;
        foreach (var signal in _signals)
        {
            if (!double.IsNaN(row.Values[signal.Index]) && !values.Take(markedCount).Any(value => value.Signal == signal))
            {
                values.Add(new SignalValue(signal, row.Values[signal.Index], Quality.Valid));
            }
        }
    }

    private void Refuse(string device, Instant time, string reason)
    {
        if (!_refusedOfPage.Add(new StorePlace(device, time)))
        {
            return;
        }

        _refused++;
        if (_reasons.Count < ReasonsAtMost)
        {
            _reasons.Add($"{device} at {time}: {reason}");
        }
    }
}
