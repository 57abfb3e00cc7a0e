using IoTGateway.Queue;

namespace IoTGateway.Storage.Tests.Copying;

/// <summary>Passes rows on to another sink, after something else was done.</summary>
internal sealed class HookedSink(IReadingSink inner, Func<int, Task> before) : IReadingSink
{
    private int _calls;

    public int RowsAtMost => inner.RowsAtMost;

    public TimeSpan GatherAtMost => inner.GatherAtMost;

    public bool KeepsCursor => inner.KeepsCursor;

    public LogPosition? Cursor => inner.Cursor;

    public Guid? CursorIdentity => inner.CursorIdentity;

    public SinkState State => inner.State;

    public async ValueTask StoreAsync(RowBatch rows, LogPosition next, CancellationToken cancellation)
    {
        await before(++_calls);
        await inner.StoreAsync(rows, next, cancellation);
    }
}
