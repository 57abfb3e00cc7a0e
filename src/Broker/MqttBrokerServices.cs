using IoTGateway.Broker.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Broker;

/// <summary>Registers the broker with a host.</summary>
public static class MqttBrokerServices
{
    /// <summary>
    /// Registers the broker, its connection handler, and the transport's buffers. The host does not start or stop the broker: whoever made it does, since it has to
    /// run before the first endpoint opens and until the last one is closed.
    /// </summary>
    public static IServiceCollection AddMqttBroker(this IServiceCollection services, MqttBroker broker)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(broker);
        return services.AddSingleton(broker).AddSingleton<MqttConnectionHandler>().AddSingleton<IMemoryPoolFactory<byte>, ReceiveBufferPoolFactory>();
    }
}
