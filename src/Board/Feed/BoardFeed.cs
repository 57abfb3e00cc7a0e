using System.Text.Json;
using IoTGateway.Alerts;
using IoTGateway.Board.Api;
using IoTGateway.Board.View;
using IoTGateway.Notifications;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Board.Feed;

/// <summary>
/// Follows the ward and makes a frame of it once a second and at once when an alert changes. Pages take the newest frame at their own pace: a slow one
/// skips frames and never holds anybody up. A frame each second is the heartbeat by which a page knows that it is still being told.
/// </summary>
/// <remarks>After its first failure it makes no more frames: the pages then say that the connection is lost, and <c>/readyz</c> says why.</remarks>
internal sealed class BoardFeed(IWardView ward, WardPainter painter, TimeProvider clock, ILogger<BoardFeed> logger, IEscalations? notifications = null) : BackgroundService
{
    /// <summary>How often values are shown anew.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A storm of alerts is told at most this often, so that the pages can follow; a lone one is told at once.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private BoardFrame? _newest;
    private Exception? _failure;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why there are no more frames; null while there are.</summary>
    public Exception? Failure
    {
        get
        {
            lock (_lock)
            {
                return _failure;
            }
        }
    }

    /// <summary>The newest frame behind <paramref name="seen"/>, as soon as there is one. Throws <see cref="IOException"/> when there will be none.</summary>
    public async Task<BoardFrame> NextAsync(long seen, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_failure is not null)
                {
                    throw new IOException("The board does not follow the ward any more.", _failure);
                }

                if (_newest is { } newest && newest.Number > seen)
                {
                    return newest;
                }

                next = _next.Task;
            }

            await next.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            while (!stoppingToken.IsCancellationRequested)
            {
                var begun = clock.GetTimestamp();
                var snapshot = ward.Snapshot();
                Publish(snapshot, painter.Paint(snapshot));
                await WaitForChangeAsync(snapshot.AlertVersion, begun, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway is stopping.
        }
#pragma warning disable CA1031 // Whatever it is: the board fails closed, and ingest, rules and alerts go on without it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            BoardLog.FeedFailed(logger, failure);
            lock (_lock)
            {
                _failure = failure;
                _next.TrySetResult();
            }
        }
    }

    private async Task WaitForChangeAsync(long alertVersion, long begun, CancellationToken stopping)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var alerts = ward.WaitForAlertChangeAsync(alertVersion, round.Token);
        var tick = Task.Delay(Interval, clock, round.Token);
        var first = await Task.WhenAny(alerts, tick);
        await first;
        await round.CancelAsync();
        var pause = ShortestPause - clock.GetElapsedTime(begun);
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, clock, stopping);
        }
    }

    private void Publish(WardSnapshot snapshot, WardPicture picture)
    {
        lock (_lock)
        {
            var before = _newest;
            var number = (before?.Number ?? 0) + 1;
            var old = before?.Tiles ?? [];
            var sameLayout = old.Count == picture.Beds.Count;
            var tiles = new FrameTile[picture.Beds.Count];
            for (var place = 0; place < tiles.Length; place++)
            {
                var bed = picture.Beds[place];
                var json = JsonSerializer.SerializeToUtf8Bytes(bed, BoardJson.Default.BedView);
                var unchanged = place < old.Count && old[place].Key == bed.Key && old[place].Json.Span.SequenceEqual(json);
                sameLayout &= place < old.Count && old[place].Key == bed.Key;
                tiles[place] = unchanged ? old[place] : new FrameTile(bed.Key, json, number);
            }

            var header = JsonSerializer.SerializeToUtf8Bytes(picture.Header, BoardJson.Default.HeaderView);
            // What an alert shows beside its own state (who is told next) is on its tile: the tile changes with it.
            var alertsChanged = before is null || !sameLayout || before.Snapshot.AlertVersion != snapshot.AlertVersion
                || Enumerable.Range(0, tiles.Length).Any(place => tiles[place].ChangedIn == number && snapshot.Tiles[place].Alerts.Count > 0);
            _newest = new BoardFrame(
                number,
                before is not null && sameLayout ? before.LayoutSince : number,
                header,
                tiles,
                snapshot,
                alertsChanged ? new FrameAlerts(number, new(() => AlertsOf(snapshot))) : before!.Alerts,
                new FramePatients([.. snapshot.Tiles.Select(tile => new Lazy<ReadOnlyMemory<byte>>(() => PatientOf(snapshot, tile)))]));
            var waiting = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.TrySetResult();
        }
    }

    private List<ReadOnlyMemory<byte>> AlertsOf(WardSnapshot snapshot)
    {
        var escalations = Escalations.Of(notifications);
        return [.. snapshot.Tiles.SelectMany(tile => tile.Alerts).Select(alert => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(
            ReplyMaker.Alert(alert, escalations.GetValueOrDefault(alert.Episode)), BoardJson.Default.AlertReply))];
    }

    private ReadOnlyMemory<byte> PatientOf(WardSnapshot snapshot, TileView tile) =>
        JsonSerializer.SerializeToUtf8Bytes(ReplyMaker.Patient(snapshot, tile, Escalations.Of(notifications)), BoardJson.Default.PatientReply);
}
