using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace IoTGateway.Broker.WebSockets;

/// <summary>
/// Carries the bytes of a WebSocket's binary frames to a connection and back. Where frames begin and end means nothing (MQTT 5, 6.0.0): a
/// packet may be split over several, and several may stand in one.
/// </summary>
/// <param name="socket">The WebSocket, accepted.</param>
/// <param name="clock">The clock.</param>
internal sealed class WebSocketTransport(WebSocket socket, TimeProvider clock)
{
    /// <summary>How much is asked for at once. Bytes.</summary>
    private const int ReceiveSizeBytes = 4_096;

    /// <summary>How long a client has to take the last of what is sent to it.</summary>
    private static readonly TimeSpan LastWordTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long a client has to answer the close of the WebSocket with its own.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly Pipe _input = new();
    private readonly Pipe _output = new();

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync(Func<ConnectionContext, Task> serve, CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        var connection = new DefaultConnectionContext
        {
            Transport = new DuplexPipe(_input.Reader, _output.Writer),
        };
        await using (connection)
        {
            await using var cut = connection.ConnectionClosed.UnsafeRegister(static state => ((WebSocket)state!).Abort(), socket);
            var receiving = ReceiveAsync(ended.Token);
            var sending = SendAsync(ended.Token);
            await serve(connection);
            await _input.Reader.CompleteAsync();
            await _output.Writer.CompleteAsync();
            await LastWordAsync(sending);
            await CloseAsync(receiving, ended);
        }
    }

    private async Task LastWordAsync(Task sending)
    {
        try
        {
            await sending.WaitAsync(LastWordTimeout, clock);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            await sending;
        }
    }

    /// <summary>Waits for the client's side of the close; a connection cut before it could lose what was sent last.</summary>
    private async Task CloseAsync(Task receiving, CancellationTokenSource ended)
    {
        try
        {
            await receiving.WaitAsync(CloseTimeout, clock);
        }
        catch (TimeoutException)
        {
            await ended.CancelAsync();
            await receiving;
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        var wanted = true;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(_input.Writer.GetMemory(ReceiveSizeBytes), cancellation);
                if (received.MessageType != WebSocketMessageType.Binary)
                {
                    break; // The client hangs up, or sends text, which ends the connection (MQTT 5, 6.0.0).
                }

                if (wanted)
                {
                    _input.Writer.Advance(received.Count);
                    wanted = !(await _input.Writer.FlushAsync(cancellation)).IsCompleted;
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone, or the connection has ended here.
        }
        finally
        {
            await _input.Writer.CompleteAsync();
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        try
        {
            ReadResult read;
            do
            {
                read = await _output.Reader.ReadAsync(cancellation);
                foreach (var part in read.Buffer)
                {
                    await socket.SendAsync(part, WebSocketMessageType.Binary, endOfMessage: true, cancellation);
                }

                _output.Reader.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone.
        }
        finally
        {
            await _output.Reader.CompleteAsync();
        }
    }

    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
