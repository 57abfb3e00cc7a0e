using Microsoft.AspNetCore.Connections;

namespace IoTGateway.Broker;

/// <summary>Serves MQTT on a Kestrel endpoint: <c>listen.UseConnectionHandler&lt;MqttConnectionHandler&gt;()</c>.</summary>
/// <param name="broker">The broker.</param>
public sealed class MqttConnectionHandler(MqttBroker broker) : ConnectionHandler
{
    /// <inheritdoc/>
    public override Task OnConnectedAsync(ConnectionContext connection) => broker.ServeAsync(connection);
}
