using System.Net.Sockets;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTGateway.FirmwareSim.Device;

public sealed partial class DeviceClient
{
    /// <summary>A connection that lasted this long counts as working, also when nothing was acknowledged on it.</summary>
    private static readonly TimeSpan ProvenAfter = TimeSpan.FromSeconds(10);

    /// <summary>Until when the gateway was seen to work; give-up and backoff count from here. Touched by the connecting task and the reader.</summary>
    private long _lastWorked;

    /// <summary>Whether the session at the gateway was made by this process. Only the connecting task touches it.</summary>
    private bool _sessionIsOurs;

    private async Task RunAsync()
    {
        _lastWorked = _clock.GetTimestamp();
        try
        {
            while (!IsFinished())
            {
                await ConnectOnceAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: nobody waits for anything any more.
        }
        catch (Exception failure) when (failure is GatewayRefusedException or GatewayUnreachableException)
        {
            Fail(failure);
        }
        catch (Exception failure)
        {
            Fail(new InvalidOperationException($"The simulated device {_options.ClientId} stopped on a fault of its own: {failure.Message}", failure));
        }
    }

    /// <summary>One connection from its beginning to its end, and the pause before the next.</summary>
    private async Task ConnectOnceAsync()
    {
        string reason;
        try
        {
            using var connection = await OpenAsync().ConfigureAwait(false);
            var began = _clock.GetTimestamp();
            try
            {
                await ServeAsync(connection).ConfigureAwait(false);
                reason = "the gateway closed the connection";
            }
            finally
            {
                if (_clock.GetElapsedTime(began) >= ProvenAfter)
                {
                    MarkWorking();
                }
            }
        }
        catch (SocketException failure)
        {
            reason = Describe(failure);
        }
        catch (IOException failure)
        {
            reason = failure.InnerException is SocketException inner ? Describe(inner) : failure.Message;
        }
        catch (ConnectionLostException failure)
        {
            reason = failure.Message;
        }

        if (IsFinished())
        {
            return;
        }

        var silence = _clock.GetElapsedTime(Volatile.Read(ref _lastWorked));
        if (_options.GiveUpAfter is { } limit && silence >= limit)
        {
            throw new GatewayUnreachableException(
                $"No working connection to {_options.Host}:{_options.Port} for {silence.TotalSeconds:0} s: {reason}.");
        }

        var pause = _backoff.Next();
        _options.OnConnection?.Invoke(new DeviceConnectionReport(_options.ClientId, Connected: false, reason, pause));
        await Task.Delay(pause, _clock, _stop.Token).ConfigureAwait(false);
    }

    /// <summary>Connects, with the session that is ours: one that an earlier process left is discarded first.</summary>
    private async Task<PacketStream> OpenAsync()
    {
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        try
        {
            var (connection, answer) = await HandshakeAsync(cleanSession: false, either.Token).ConfigureAwait(false);
            if (!_sessionIsOurs && answer.IsSessionPresent)
            {
                await EndAsync(connection, either.Token).ConfigureAwait(false);
                (connection, _) = await HandshakeAsync(cleanSession: true, either.Token).ConfigureAwait(false);
                await EndAsync(connection, either.Token).ConfigureAwait(false);
                (connection, answer) = await HandshakeAsync(cleanSession: false, either.Token).ConfigureAwait(false);
            }

            _sessionIsOurs = true;
            BeginConnection(answer);
            return connection;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            throw new ConnectionLostException($"no answer within {_options.ConnectTimeout.TotalSeconds:0.#} s");
        }
    }

    private async Task<(PacketStream Connection, MqttConnAckPacket Answer)> HandshakeAsync(bool cleanSession, CancellationToken cancellation)
    {
        var connection = await PacketStream.ConnectAsync(_options.Host, _options.Port, _options.Protocol, cancellation).ConfigureAwait(false);
        try
        {
            connection.Encode(ConnectPacket(cleanSession));
            await connection.FlushAsync(cancellation).ConfigureAwait(false);
            var answer = await connection.ReadAsync(cancellation).ConfigureAwait(false) switch
            {
                MqttConnAckPacket acknowledgement => acknowledgement,
                null => throw new ConnectionLostException("the gateway closed the connection instead of answering CONNECT"),
                var other => throw new ConnectionLostException($"the gateway answered CONNECT with {other.GetType().Name}"),
            };
            ThrowIfRefused(answer);
            return (connection, answer);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static async Task EndAsync(PacketStream connection, CancellationToken cancellation)
    {
        using (connection)
        {
            connection.Encode(new MqttDisconnectPacket());
            await connection.FlushAsync(cancellation).ConfigureAwait(false);
            connection.ShutdownSend();

            // The gateway closes when it has handled DISCONNECT, so the next CONNECT does not overtake it.
            while (await connection.ReadAsync(cancellation).ConfigureAwait(false) is not null)
            {
            }
        }
    }

    private MqttConnectPacket ConnectPacket(bool cleanSession)
    {
        var packet = new MqttConnectPacket
        {
            ClientId = _options.ClientId,
            CleanSession = cleanSession,
            KeepAlivePeriod = (ushort)_options.KeepAlive.TotalSeconds,
            Username = _options.UserName,
            Password = _options.UserName is null || _options.Password is null ? null : System.Text.Encoding.UTF8.GetBytes(_options.Password),
        };
        if (_options.Protocol == DeviceProtocol.Mqtt5 && !cleanSession)
        {
            // A day: longer than any outage a device's memory would bridge.
            packet.SessionExpiryInterval = 86_400;
        }

        if (_options.StatusDevice is { } device && !cleanSession)
        {
            packet.WillFlag = true;
            packet.WillTopic = Readings.DeviceTopic.Status(device);
            packet.WillMessage = DeviceStatus.OfflinePayload.ToArray();
            packet.WillQoS = MqttQualityOfServiceLevel.AtLeastOnce;
            packet.WillRetain = true;
        }

        return packet;
    }

    /// <summary>"Server unavailable", "busy" and their like pass; a wrong version, name or password does not.</summary>
    private void ThrowIfRefused(MqttConnAckPacket answer)
    {
        if (_options.Protocol == DeviceProtocol.Mqtt311 && answer.ReturnCode != MqttConnectReturnCode.ConnectionAccepted)
        {
            ThrowRefusal($"return code 0x{(int)answer.ReturnCode:X2}", passes: answer.ReturnCode == MqttConnectReturnCode.ConnectionRefusedServerUnavailable);
        }

        if (_options.Protocol == DeviceProtocol.Mqtt5 && answer.ReasonCode != MqttConnectReasonCode.Success)
        {
            var passes = answer.ReasonCode is MqttConnectReasonCode.ServerUnavailable or MqttConnectReasonCode.ServerBusy
                or MqttConnectReasonCode.QuotaExceeded or MqttConnectReasonCode.ConnectionRateExceeded or MqttConnectReasonCode.UnspecifiedError
                or MqttConnectReasonCode.ImplementationSpecificError;
            ThrowRefusal($"reason code 0x{(int)answer.ReasonCode:X2}", passes);
        }
    }

    private void ThrowRefusal(string code, bool passes)
    {
        if (passes)
        {
            throw new ConnectionLostException($"the gateway cannot take devices at the moment ({code})");
        }

        throw new GatewayRefusedException(
            $"The gateway at {_options.Host}:{_options.Port} refuses the device {_options.ClientId} ({code}): check its name, user name and password.");
    }

    private void BeginConnection(MqttConnAckPacket answer)
    {
        var receiveMaximum = answer.ReceiveMaximum == 0 ? InFlightStore.WindowMaximum : answer.ReceiveMaximum;
        lock (_gate)
        {
            _store.BeginConnection(answer.IsSessionPresent, receiveMaximum);
            if (_options.StatusDevice is { } device && !_closing)
            {
                _store.AddBirth(DeviceStatus.Online(device));
            }
        }

        Interlocked.Increment(ref _connections);
        _options.OnConnection?.Invoke(new DeviceConnectionReport(_options.ClientId, Connected: true, "", TimeSpan.Zero));
    }

    private bool IsFinished()
    {
        lock (_gate)
        {
            return _closing && _store.IsEmpty;
        }
    }

    private void MarkWorking()
    {
        Volatile.Write(ref _lastWorked, _clock.GetTimestamp());
        _backoff.Reset();
    }

    private void Fail(Exception failure)
    {
        Volatile.Write(ref _failure, failure);
        _stop.Cancel();
    }

    private static string Describe(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "the connection was reset",
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "the host name is not known",
        SocketError.TimedOut => "no answer",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable => "the host cannot be reached",
        _ => failure.Message,
    };
}
