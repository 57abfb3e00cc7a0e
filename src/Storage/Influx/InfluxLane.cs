using System.Collections.Immutable;
using IoTGateway.Queue.Draining;

namespace IoTGateway.Storage.Influx;

/// <summary>One of the requests that are under way at the same time: rows of some devices, in order, each tried again until it is stored or refused for good.</summary>
/// <remarks>Used by one thread at a time.</remarks>
internal sealed class InfluxLane : IDisposable
{
    /// <summary>A server that asks for a longer pause is asked again after this time all the same.</summary>
    private static readonly TimeSpan RetryAfterAtMost = TimeSpan.FromMinutes(10);

    /// <summary>Tries of one request before the lines are suspected; a server that only restarts is not troubled.</summary>
    private const int TriesBeforeSuspicion = 3;

    private readonly InfluxOptions _options;
    private readonly InfluxConnection _connection;
    private readonly InfluxProgress _progress;
    private readonly TimeProvider _clock;
    private readonly Backoff _backoff;
    private readonly LineBuffer _lines;
    private readonly MemoryStream _packed = new();

    public InfluxLane(InfluxOptions options, InfluxConnection connection, InfluxProgress progress, TimeProvider clock, Random random)
    {
        _options = options;
        _connection = connection;
        _progress = progress;
        _clock = clock;
        _backoff = new Backoff(options.RetryDelayFirst, options.RetryDelayAtMost, random);
        _lines = new LineBuffer(options.Measurement);
    }

    /// <summary>The rows of the batch that it has to store, in order.</summary>
    public List<int> Rows { get; } = [];

    /// <summary>What the server has refused for good of them, with the place of the row in the batch.</summary>
    public List<(int Row, RejectedRow Rejected)> Refused { get; } = [];

    /// <summary>Stores its rows.</summary>
    /// <exception cref="RowsFailException">The rows fail, or seem to; the server may well take others.</exception>
    public async Task StoreAsync(RowBatch batch, CancellationToken cancellation)
    {
        for (var next = 0; next < Rows.Count;)
        {
            _lines.Clear();
            for (; next < Rows.Count && _lines.LineCount < _options.LinesAtMost && _lines.SizeBytes < _options.RequestSizeBytesAtMost; next++)
            {
                ref readonly var row = ref batch.Rows[Rows[next]];
                _lines.Add(Rows[next], row, batch.ValuesOf(row));
            }

            if (_lines.LineCount > 0)
            {
                await SendAsync(batch, 0, _lines.LineCount, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Asks the server what it is until it says, or does not say, that it is the one that is meant.</summary>
    /// <returns>Its version; empty where it does not say.</returns>
    public async Task<string> CheckAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var (answer, isAway) = await _connection.CheckAsync(cancellation).ConfigureAwait(false);
            if (answer.Verdict == WriteVerdict.Stored)
            {
                _backoff.Reset();
                _progress.Known(this);
                return answer.Reason;
            }

            _progress.Retrying(this, answer, isAway);
            await WaitAsync(answer, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lines.Dispose();
        _packed.Dispose();
    }

    /// <summary>
    /// Sends lines until each is stored or refused for good. A request that is too large, or refused without the names of the lines, is cut in halves, down to
    /// single lines; what was stored already is stored again, which changes nothing.
    /// </summary>
    private async Task SendAsync(RowBatch batch, int first, int count, CancellationToken cancellation)
    {
        var answer = await SendUntilAnsweredAsync(first, count, cancellation).ConfigureAwait(false);
        if (answer.Verdict == WriteVerdict.Stored)
        {
            _backoff.Reset();
            _progress.Stored(count, _lines.Lines(first + count - 1, 1));
        }
        else if (count == 1)
        {
            Refuse(batch, first, answer.Lines is [var named, ..] ? named.Reason : answer.Reason);
        }
        else if (answer.Verdict == WriteVerdict.Refused && PlacesOf(answer.Lines, first, count) is { } places)
        {
            await RefuseNamedAsync(batch, first, count, places, cancellation).ConfigureAwait(false);
        }
        else
        {
            var half = count / 2;
            await SendAsync(batch, first, half, cancellation).ConfigureAwait(false);
            await SendAsync(batch, first + half, count - half, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The server has stored all but the lines it names. They are sent once more one by one, so that no line is given up by the word of an answer that was cut
    /// off or counted otherwise than here.
    /// </summary>
    private async Task RefuseNamedAsync(RowBatch batch, int first, int count, List<int> places, CancellationToken cancellation)
    {
        _backoff.Reset();
        foreach (var place in places)
        {
            await SendAsync(batch, place, 1, cancellation).ConfigureAwait(false);
        }

        var good = Enumerable.Range(first, count).Except(places).ToList();
        if (good.Count > 0)
        {
            _progress.Stored(good.Count, _lines.Lines(good[^1], 1));
        }
    }

    /// <summary>Where the lines are that the server names; null where its names do not fit what was sent.</summary>
    private List<int>? PlacesOf(ImmutableArray<NamedLine> named, int first, int count)
    {
        if (named.IsEmpty || !named.All(line => line.Number <= count && _lines.BeginsWith(first + line.Number - 1, line.Text)))
        {
            return null;
        }

        return [.. named.Select(line => first + line.Number - 1).Distinct().Order()];
    }

    private async Task<WriteAnswer> SendUntilAnsweredAsync(int first, int count, CancellationToken cancellation)
    {
        InfluxConnection.Compress(_lines.Lines(first, count).Span, _packed);
        for (var tries = 1; ; tries++)
        {
            var (answer, isAway) = await _connection.WriteAsync(Packed, cancellation).ConfigureAwait(false);
            if (answer.Verdict != WriteVerdict.Later)
            {
                _progress.Answered(this);
                return answer;
            }

            _progress.Retrying(this, answer, isAway);
            if (answer.MayBeTheLines && tries >= (_progress.SuspectsLines ? 1 : TriesBeforeSuspicion))
            {
                await ThrowIfTheLinesAsync(answer, cancellation).ConfigureAwait(false);
                InfluxConnection.Compress(_lines.Lines(first, count).Span, _packed);
            }

            await WaitAsync(answer, cancellation).ConfigureAwait(false);
        }
    }

    private ReadOnlyMemory<byte> Packed => _packed.GetBuffer().AsMemory(0, (int)_packed.Length);

    private Task WaitAsync(in WriteAnswer answer, CancellationToken cancellation)
    {
        var delay = _backoff.Next();
        if (answer.RetryAfter is { } asked)
        {
            var pause = asked < RetryAfterAtMost ? asked : RetryAfterAtMost;
            delay = delay > pause ? delay : pause;
        }

        return Task.Delay(delay, _clock, cancellation);
    }

    /// <summary>
    /// A server that fails again and again may be ill, or stumble over one of the lines: it is ill if it does not take the line either that it
    /// took last. (A line that comes again changes nothing.)
    /// </summary>
    private async Task ThrowIfTheLinesAsync(WriteAnswer answer, CancellationToken cancellation)
    {
        var isCertain = false;
        if (_progress.LastStoredLine is not { } line)
        {
            if (answer.NeedsSomebody)
            {
                return; // Nothing was ever taken: it is the settings that are to be doubted.
            }
        }
        else
        {
            InfluxConnection.Compress(line, _packed);
            if ((await _connection.WriteAsync(Packed, cancellation).ConfigureAwait(false)).Answer.Verdict != WriteVerdict.Stored)
            {
                return;
            }

            isCertain = true;
        }

        _backoff.Reset();
        _progress.GivenUp(this);
        throw new RowsFailException(answer.Reason, isCertain);
    }

    private void Refuse(RowBatch batch, int line, string reason)
    {
        var at = _lines.RowOf(line);
        ref readonly var row = ref batch.Rows[at];
        Refused.Add((at, new RejectedRow(row.Position, row.Device, row.Time, _lines.Lines(line, 1)[..^1].ToArray(), reason)));
    }
}
