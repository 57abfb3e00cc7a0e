using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTGateway.FirmwareSim.Device;

internal sealed partial class InFlightStore
{
    /// <summary>PUBACK: a QoS 1 message is done, or refused (MQTT 5).</summary>
    public AcknowledgementResult HandlePubAck(MqttPubAckPacket packet)
    {
        if (!_inFlight.TryGetValue(packet.PacketIdentifier, out var message))
        {
            return AcknowledgementResult.Nothing;
        }

        if (message.Quality != DeliveryQuality.AtLeastOnce)
        {
            throw new ConnectionLostException($"the gateway sent PUBACK for packet {packet.PacketIdentifier}, which was published with QoS 2");
        }

        return (int)packet.ReasonCode >= 0x80 ? Refuse(message, (byte)packet.ReasonCode) : Complete(message);
    }

    /// <summary>PUBREC: the receiver has a QoS 2 message; PUBREL becomes due. Or it refused it (MQTT 5).</summary>
    public AcknowledgementResult HandlePubRec(MqttPubRecPacket packet)
    {
        if (!_inFlight.TryGetValue(packet.PacketIdentifier, out var message))
        {
            // The receiver waits for a release of something we have no memory of: releasing it is what ends the exchange.
            _due.Enqueue(new DuePacket(packet.PacketIdentifier, null, DeliveryStage.Waiting, Again: false));
            return AcknowledgementResult.Nothing;
        }

        if (message.Quality != DeliveryQuality.ExactlyOnce)
        {
            throw new ConnectionLostException($"the gateway sent PUBREC for packet {packet.PacketIdentifier}, which was published with QoS 1");
        }

        if ((int)packet.ReasonCode >= 0x80)
        {
            return Refuse(message, (byte)packet.ReasonCode);
        }

        if (message.Stage == DeliveryStage.Published)
        {
            message.Stage = DeliveryStage.Received;
            message.ReceiveOrder = ++_receiveOrder;
        }

        _due.Enqueue(new DuePacket(message.PacketId, message, DeliveryStage.Received, Again: false));
        return AcknowledgementResult.Nothing;
    }

    /// <summary>PUBCOMP: a QoS 2 message is done.</summary>
    /// <remarks>MQTT 5's "packet identifier not found" (0x92) also ends it: the receiver has nothing left to release.</remarks>
    public AcknowledgementResult HandlePubComp(MqttPubCompPacket packet)
    {
        if (!_inFlight.TryGetValue(packet.PacketIdentifier, out var message))
        {
            return AcknowledgementResult.Nothing;
        }

        if (message.Stage != DeliveryStage.Received)
        {
            throw new ConnectionLostException($"the gateway sent PUBCOMP for packet {packet.PacketIdentifier} before PUBREC");
        }

        return Complete(message);
    }

    private AcknowledgementResult Complete(StoredMessage message)
    {
        Forget(message);
        if (message.IsStatus)
        {
            return AcknowledgementResult.StatusCompleted;
        }

        Acknowledged++;
        return AcknowledgementResult.ReadingCompleted;
    }

    /// <summary>
    /// The receiver did not take it. Where the reason may pass (unspecified, implementation specific, quota exceeded) it is kept and sent
    /// anew; any other reason will not pass by trying again.
    /// </summary>
    private AcknowledgementResult Refuse(StoredMessage message, byte reason)
    {
        if (reason is not ((byte)MqttPubAckReasonCode.UnspecifiedError
            or (byte)MqttPubAckReasonCode.ImplementationSpecificError
            or (byte)MqttPubAckReasonCode.QuotaExceeded))
        {
            throw new GatewayRefusedException($"The gateway refuses what is published on {message.Topic} (MQTT 5 reason code 0x{reason:X2}).");
        }

        Forget(message);
        _waiting = new Queue<StoredMessage>(_waiting.Prepend(message));
        Paused = true;
        return AcknowledgementResult.RefusedForNow;
    }

    private void Forget(StoredMessage message)
    {
        _inFlight.Remove(message.PacketId);

        // So that a packet still due for it is dropped: its packet id may belong to another message by then.
        message.Stage = DeliveryStage.Waiting;
        message.PacketId = 0;
        if (message.CountsAgainstReceiver)
        {
            message.CountsAgainstReceiver = false;
            _openAtReceiver--;
        }
    }
}
