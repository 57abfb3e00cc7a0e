using IoTGateway.Broker.Connections;
using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Sessions;
using IoTGateway.Queue;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Broker;

/// <summary>What all connections share.</summary>
internal sealed class BrokerContext
{
    /// <summary>What is allowed.</summary>
    public required BrokerOptions Options { get; init; }

    /// <summary>What becomes of readings while the log is full.</summary>
    public required Admission Admission { get; init; }

    /// <summary>Where messages are kept.</summary>
    public required DurableLog Log { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>For life-cycle messages; never topics or payloads.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The live sessions.</summary>
    public required SessionStore Sessions { get; init; }

    /// <summary>The open connections.</summary>
    public required ConnectionRegistry Connections { get; init; }

    /// <summary>Hands messages to subscribers.</summary>
    public required Subscribers Subscribers { get; init; }

    /// <summary>Passes device states on to subscribers once they are durable.</summary>
    public required StatusRelay Statuses { get; init; }

    /// <summary>Publishes the wills of clients that are gone.</summary>
    public required Wills Wills { get; init; }

    /// <summary>Client ids for those who bring none.</summary>
    public required AssignedClientIds ClientIds { get; init; }

    /// <summary>What all connections together hold of packets that have arrived by half.</summary>
    public required HalfPacketBudget HalfPackets { get; init; }

    /// <summary>So many complaints are logged in ten seconds.</summary>
    public const int ComplaintsAtMost = 20;

    /// <summary>Asked before a refused CONNECT is logged: a client that is refused comes again each second, for hours.</summary>
    public required LogThrottle Refusals { get; init; }

    /// <summary>Asked before a complaint about a client is logged: clients that connect in a loop must not fill the disk with words.</summary>
    public required LogThrottle Complaints { get; init; }

    /// <summary>Cancelled when a stop of the gateway has waited long enough.</summary>
    public required CancellationToken Cut { get; init; }
}
