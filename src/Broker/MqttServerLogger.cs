using System.Globalization;
using Microsoft.Extensions.Logging;
using MQTTnet.Diagnostics.Logger;

namespace IoTGateway.Broker;

/// <summary>Passes the warnings and errors of the MQTT server on. Its finer messages name topics, which may name patients, and stay out.</summary>
internal sealed class MqttServerLogger(ILogger logger) : IMqttNetLogger
{
    /// <inheritdoc/>
    public bool IsEnabled => true;

    /// <inheritdoc/>
    public void Publish(MqttNetLogLevel level, string source, string message, object[]? parameters, Exception? exception)
    {
        if (level is MqttNetLogLevel.Error or MqttNetLogLevel.Warning)
        {
            logger.ServerWarning(source, parameters is { Length: > 0 } ? string.Format(CultureInfo.InvariantCulture, message, parameters) : message, exception);
        }
    }
}
