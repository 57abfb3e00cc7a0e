namespace IoTGateway.Broker;

/// <summary>The broker's figures since its start, taken at one moment.</summary>
/// <param name="Received">Messages to the gateway's own topics that were taken into the log, of any quality of service.</param>
/// <param name="ReceivedWithoutPromise">Those of them that came with QoS 0.</param>
/// <param name="Acknowledged">PUBACK and PUBREC that said "kept".</param>
/// <param name="Duplicates">QoS 2 messages that were sent again and not taken again.</param>
/// <param name="Refused">Messages that were refused or, with QoS 0, not taken: topic not allowed, too large, too many topics.</param>
/// <param name="Ordinary">Messages to open topics, handed on to subscribers without being kept.</param>
/// <param name="Copies">Readings handed to ordinary subscribers.</param>
/// <param name="CopiesSkipped">Bytes of the log whose readings were not copied, since the subscribers were too far behind.</param>
/// <param name="Connections">Connections that are open now.</param>
/// <param name="Sessions">Sessions that are known now, connected or kept for later.</param>
public sealed record BrokerCounters(
    long Received,
    long ReceivedWithoutPromise,
    long Acknowledged,
    long Duplicates,
    long Refused,
    long Ordinary,
    long Copies,
    long CopiesSkipped,
    int Connections,
    int Sessions);
