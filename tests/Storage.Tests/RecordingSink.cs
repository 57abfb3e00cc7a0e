using System.Collections.Concurrent;
using System.Globalization;
using IoTGateway.Queue;

namespace IoTGateway.Storage.Tests;

/// <summary>A sink that keeps what it gets, and can be made to wait or fail.</summary>
internal sealed class RecordingSink : IReadingSink
{
    public int RowsAtMost { get; init; } = 1_000;

    public TimeSpan GatherAtMost { get; init; } = TimeSpan.Zero;

    public bool KeepsCursor { get; init; } = true;

    public LogPosition? Cursor { get; set; }

    public Guid? CursorIdentity { get; set; }

    public SinkState State { get; } = new();

    /// <summary>The rows, each as <c>device patient ward/bed time signal=value…</c>.</summary>
    public ConcurrentQueue<string> Rows { get; } = new();

    /// <summary>The number of rows and the cursor of each call.</summary>
    public ConcurrentQueue<(int Rows, LogPosition Next)> Calls { get; } = new();

    /// <summary>Runs before rows are taken.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async ValueTask StoreAsync(RowBatch rows, LogPosition next, CancellationToken cancellation)
    {
        await Before(cancellation);
        for (var index = 0; index < rows.Count; index++)
        {
            var row = rows.Rows[index];
            var values = string.Join(' ', rows.ValuesOf(row).ToArray().Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Signal.Id}={value.Value}")));
            Rows.Enqueue($"{row.Device} {row.Assignment.Patient} {row.Assignment.Ward}/{row.Assignment.Bed} {row.Time.UnixMilliseconds} {values}");
        }

        Cursor = KeepsCursor ? next : null;
        Calls.Enqueue((rows.Count, next));
    }
}
