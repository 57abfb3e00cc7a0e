using IoTGateway.Queue;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Storage.Influx;

/// <summary>
/// Writes readings to InfluxDB by line protocol. A few requests at a time, the readings of a device always one after another, each tried again until the server
/// has taken it or has refused it for good; only then does the cursor move, so that nothing is lost while the server is down.
/// </summary>
/// <remarks>
/// One limit of the shared field <c>quality</c>: where signals of one moment come in separate messages and both are marked, the marks of the
/// later message replace those of the earlier. (The built-in store merges them.)
/// </remarks>
public sealed class InfluxSink : IReadingSink, IDisposable
{
    private readonly InfluxOptions _options;
    private readonly ILineProtocolTarget _target;
    private readonly ILogger _logger;
    private readonly Action<RejectedRow> _rejected;
    private readonly InfluxProgress _progress;
    private readonly InfluxLane[] _lanes;
    private readonly Dictionary<string, InfluxLane> _laneOf = new(StringComparer.Ordinal);

    /// <summary>Makes a sink; nothing is sent yet.</summary>
    /// <param name="options">Which server.</param>
    /// <param name="http">Sends the requests; see <see cref="CreateHttpClient"/>. Not disposed here.</param>
    /// <param name="clock">Measures timeouts and delays.</param>
    /// <param name="random">Jitter of the delays.</param>
    /// <param name="logger">Faults and recoveries.</param>
    /// <param name="rejected">Gets every row the server refuses for good, in log order, before the cursor moves beyond it.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists every error.</exception>
    public InfluxSink(InfluxOptions options, HttpClient http, TimeProvider clock, Random random, ILogger logger, Action<RejectedRow> rejected)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        if (options.Errors() is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        }

        _options = options;
        _target = ILineProtocolTarget.Of(options);
        _logger = logger;
        _rejected = rejected;
        _progress = new InfluxProgress(options.Url.GetLeftPart(UriPartial.Path), clock, logger);
        var connection = new InfluxConnection(options, _target, http, clock);
        _lanes = [.. Enumerable.Range(0, options.RequestsAtMost).Select(_ => new InfluxLane(options, connection, _progress, clock, new Random(random.Next())))];
    }

    /// <inheritdoc/>
    public int RowsAtMost => _options.LinesAtMost * _lanes.Length;

    /// <inheritdoc/>
    public TimeSpan GatherAtMost => _options.GatherAtMost;

    /// <inheritdoc/>
    public bool KeepsCursor => false;

    /// <inheritdoc/>
    public LogPosition? Cursor => null;

    /// <inheritdoc/>
    public Guid? CursorIdentity => null;

    /// <inheritdoc/>
    public SinkState State => _progress.State;

    /// <summary>A client as this sink wants it: no redirects (a redirected POST would become a GET), no timeout of its own.</summary>
    public static HttpClient CreateHttpClient() =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // So that a server that moves is found at its new address.
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <inheritdoc/>
    public async ValueTask StoreAsync(RowBatch rows, LogPosition next, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            return;
        }

        if (_progress.MayBeAnother)
        {
            await CheckAsync(cancellation).ConfigureAwait(false);
        }

        Share(rows);
        var busy = _lanes.Where(lane => lane.Rows.Count > 0).ToList();
        await (busy is [var only]
            ? only.StoreAsync(rows, cancellation)
            : Task.WhenAll(busy.Select(lane => Task.Run(() => lane.StoreAsync(rows, cancellation), cancellation)))).ConfigureAwait(false);
        HandOnRefused();
    }

    /// <summary>Gives its buffers back.</summary>
    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    private async Task CheckAsync(CancellationToken cancellation)
    {
        var version = await _lanes[0].CheckAsync(cancellation).ConfigureAwait(false);
        if (version.Length > 0)
        {
            _logger.InfluxIs(_options.Url.GetLeftPart(UriPartial.Path), version);
        }
        else
        {
            _logger.InfluxDoesNotSay(_options.Url.GetLeftPart(UriPartial.Path), _target.Version);
        }
    }

    /// <summary>No more lanes than full requests; the rows of a device all to the same one, so that they keep their order.</summary>
    private void Share(RowBatch rows)
    {
        foreach (var lane in _lanes)
        {
            lane.Rows.Clear();
            lane.Refused.Clear();
        }

        _laneOf.Clear();
        var used = Math.Clamp((rows.Count + _options.LinesAtMost - 1) / _options.LinesAtMost, 1, _lanes.Length);
        for (var index = 0; index < rows.Count; index++)
        {
            var device = rows.Rows[index].Device;
            if (!_laneOf.TryGetValue(device, out var lane))
            {
                lane = _lanes[_laneOf.Count % used];
                _laneOf.Add(device, lane);
            }

            lane.Rows.Add(index);
        }
    }

    private void HandOnRefused()
    {
        var refused = _lanes.SelectMany(lane => lane.Refused).OrderBy(each => each.Row).ToList();
        foreach (var (_, row) in refused)
        {
            _rejected(row);
        }

        if (refused.Count > 0)
        {
            _progress.Refused(refused.Count);
        }
    }
}
