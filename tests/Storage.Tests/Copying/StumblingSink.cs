using IoTGateway.Queue;

namespace IoTGateway.Storage.Tests.Copying;

/// <summary>Stumbles over the rows of one device. As long as it has not taken a row, nobody can tell whether they are at fault.</summary>
internal sealed class StumblingSink(string badDevice) : IReadingSink
{
    public HashSet<(string Device, long Time)> Stored { get; } = [];

    public int RowsAtMost => 8;

    public TimeSpan GatherAtMost => TimeSpan.Zero;

    public bool KeepsCursor => false;

    public LogPosition? Cursor => null;

    public Guid? CursorIdentity => null;

    public SinkState State => new();

    public ValueTask StoreAsync(RowBatch rows, LogPosition next, CancellationToken cancellation)
    {
        foreach (var row in rows.Rows)
        {
            if (row.Device == badDevice)
            {
                throw new RowsFailException("it stumbles", isCertain: Stored.Count > 0);
            }
        }

        foreach (var row in rows.Rows)
        {
            Stored.Add((row.Device, row.Time.UnixMilliseconds));
        }

        return ValueTask.CompletedTask;
    }
}
