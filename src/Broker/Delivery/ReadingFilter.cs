using MQTTnet.Protocol;

namespace IoTGateway.Broker.Delivery;

/// <summary>A subscription that can match readings.</summary>
/// <param name="Filter">The topic filter.</param>
/// <param name="QualityOfService">The highest QoS the subscriber wants.</param>
/// <param name="NoLocal">Whether the subscriber does not want its own messages back (MQTT 5).</param>
internal sealed record ReadingFilter(string Filter, MqttQualityOfServiceLevel QualityOfService, bool NoLocal);
