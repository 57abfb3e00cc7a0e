using System.Buffers;
using System.IO.Pipelines;

namespace IoTGateway.Broker.Connections;

/// <summary>
/// The sending side of a connection. Acknowledgements, answers to pings and the packets of the MQTT server take turns; whoever has the turn
/// writes and flushes once.
/// </summary>
/// <param name="writer">The transport.</param>
/// <param name="clock">Measures how long a flush takes.</param>
#pragma warning disable CA1001 // The semaphore holds nothing that has to be given back, and a late sender may still ask for a turn.
internal sealed class ConnectionOutput(PipeWriter writer, TimeProvider clock)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _flushStarted;
    private volatile bool _closed;

    /// <summary>Whether nothing is sent any more.</summary>
    public bool IsClosed => _closed;

    /// <summary>How long the present flush has waited for the client to take something; zero where none waits.</summary>
    public TimeSpan Blocked
    {
        get
        {
            var started = Volatile.Read(ref _flushStarted);
            return started == 0 ? TimeSpan.Zero : clock.GetElapsedTime(started);
        }
    }

    /// <summary>Waits for the turn; <see cref="Leave"/> gives it back.</summary>
    public Task EnterAsync(CancellationToken cancellation = default) => _turn.WaitAsync(cancellation);

    /// <summary>Gives the turn back.</summary>
    public void Leave() => _turn.Release();

    /// <summary>Room to write into; only with the turn.</summary>
    public Span<byte> GetSpan(int sizeHint) => writer.GetSpan(sizeHint);

    /// <summary>So much was written; only with the turn.</summary>
    public void Advance(int count) => writer.Advance(count);

    /// <summary>Copies bytes; only with the turn.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => writer.Write(bytes);

    /// <summary>Sends what was written; only with the turn. False when the client is gone.</summary>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellation = default)
    {
        var flush = writer.FlushAsync(cancellation);
        if (flush.IsCompletedSuccessfully)
        {
            return !flush.Result.IsCompleted;
        }

        Volatile.Write(ref _flushStarted, Math.Max(1, clock.GetTimestamp()));
        try
        {
            return !(await flush).IsCompleted;
        }
        finally
        {
            Volatile.Write(ref _flushStarted, 0);
        }
    }

    /// <summary>Nothing is sent from here on, and the client sees the end of the connection; only with the turn.</summary>
    public ValueTask CompleteAsync()
    {
        _closed = true;
        return writer.CompleteAsync();
    }

    /// <summary>Nothing is sent from here on. Does not wait for the turn: whoever has it finishes the flush.</summary>
    public void Close() => _closed = true;
}
