using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;

namespace IoTGateway.Broker;

/// <summary>Where the MQTT server gets its connections from: not from sockets of its own, but from <see cref="MqttConnectionHandler"/>.</summary>
internal sealed class MqttListener : IMqttServerAdapter
{
    /// <summary>Serves one connection until it ends; null while the server does not run.</summary>
    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <inheritdoc/>
    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
