using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Readings;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Storage.Influx;

/// <summary>
/// Writes readings to InfluxDB by line protocol. One request at a time, in log order, each tried again until the server has taken it or has
/// refused it for good; only then does the cursor move, so that nothing is lost while the server is down.
/// </summary>
/// <remarks>
/// One limit of the shared field <c>quality</c>: where signals of one moment come in separate messages and both are marked, the marks of the
/// later message replace those of the earlier. (The built-in store merges them.)
/// </remarks>
public sealed partial class InfluxSink : IReadingSink, IDisposable
{
    private readonly InfluxOptions _options;
    private readonly ILineProtocolTarget _target;
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Action<RejectedRow> _rejected;
    private readonly Backoff _backoff;
    private readonly LineBuffer _lines;
    private readonly MemoryStream _body = new();
    private volatile SinkState _state = new();

    /// <summary>The line the server took last; null before the first. Patient data: never logged.</summary>
    private byte[]? _lastStoredLine;

    /// <summary>Lines were at fault lately: until then the next failure is looked into at once.</summary>
    private Instant _suspectsUntil = Instant.MinValue;

    /// <summary>Makes a sink; nothing is sent yet.</summary>
    /// <param name="options">Which server.</param>
    /// <param name="http">Sends the requests; see <see cref="CreateHttpClient"/>. Not disposed here.</param>
    /// <param name="clock">Measures timeouts and delays.</param>
    /// <param name="random">Jitter of the delays.</param>
    /// <param name="logger">Faults and recoveries.</param>
    /// <param name="rejected">Gets every row the server refuses for good, before the cursor moves beyond it.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists every error.</exception>
    public InfluxSink(InfluxOptions options, HttpClient http, TimeProvider clock, Random random, ILogger logger, Action<RejectedRow> rejected)
        : this(Checked(options), new InfluxVersion1(options), http, clock, random, logger, rejected)
    {
    }

    /// <summary>The same for any generation of the server.</summary>
    internal InfluxSink(
        InfluxOptions options, ILineProtocolTarget target, HttpClient http, TimeProvider clock, Random random, ILogger logger, Action<RejectedRow> rejected)
    {
        _options = options;
        _target = target;
        _http = http;
        _clock = clock;
        _logger = logger;
        _rejected = rejected;
        _backoff = new Backoff(options.RetryDelayFirst, options.RetryDelayAtMost, random);
        _lines = new LineBuffer(options.Measurement);
    }

    /// <inheritdoc/>
    public int RowsAtMost => _options.LinesAtMost;

    /// <inheritdoc/>
    public TimeSpan GatherAtMost => _options.GatherAtMost;

    /// <inheritdoc/>
    public bool KeepsCursor => false;

    /// <inheritdoc/>
    public LogPosition? Cursor => null;

    /// <inheritdoc/>
    public Guid? CursorIdentity => null;

    /// <inheritdoc/>
    public SinkState State => _state;

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
        var refused = _state.RowsRejected;
        for (var index = 0; index < rows.Count;)
        {
            _lines.Clear();
            for (; index < rows.Count && _lines.LineCount < _options.LinesAtMost && _lines.SizeBytes < _options.RequestSizeBytesAtMost; index++)
            {
                ref readonly var row = ref rows.Rows[index];
                _lines.Add(index, row, rows.ValuesOf(row));
            }

            if (_lines.LineCount > 0)
            {
                await SendAsync(rows, 0, _lines.LineCount, cancellation).ConfigureAwait(false);
            }
        }

        if (_state.RowsRejected > refused)
        {
            _logger.InfluxRejected(_state.RowsRejected - refused);
        }
    }

    /// <summary>Gives its buffers back.</summary>
    public void Dispose()
    {
        _lines.Dispose();
        _body.Dispose();
    }

    private static InfluxOptions Checked(InfluxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Errors() is { Count: > 0 } errors ? throw new ArgumentException(string.Join(" ", errors), nameof(options)) : options;
    }

    private void Stored(int lineCount)
    {
        if (_state.RetryingSince is not null)
        {
            _logger.InfluxWorksAgain(_options.Url.GetLeftPart(UriPartial.Path));
        }

        _backoff.Reset();
        _state = _state with { LastSuccess = Instant.Now(_clock), RetryingSince = null, RowsStored = _state.RowsStored + lineCount };
    }

    private void Rejected(RowBatch rows, int line, string reason)
    {
        var row = rows.Rows[_lines.RowOf(line)];
        var text = _lines.Lines(line, 1);
        _rejected(new RejectedRow(row.Position, row.Device, row.Time, text[..^1].ToArray(), reason));
        _state = _state with { RowsRejected = _state.RowsRejected + 1 };
    }

    private void Retrying(string reason)
    {
        if (_state.RetryingSince is null || _state.LastError != reason)
        {
            _logger.InfluxRetries(reason);
        }

        _state = _state with { LastError = reason, RetryingSince = _state.RetryingSince ?? Instant.Now(_clock) };
    }
}
