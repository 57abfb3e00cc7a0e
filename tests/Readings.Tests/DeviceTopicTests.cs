using System.Text;

namespace IoTGateway.Readings.Tests;

public class DeviceTopicTests
{
    [Theory]
    [InlineData("devices/monitor-1/vitals", DeviceTopicKind.Vitals, "monitor-1")]
    [InlineData("devices/monitor-1/status", DeviceTopicKind.Status, "monitor-1")]
    [InlineData("devices/Bett 4 öst/vitals", DeviceTopicKind.Vitals, "Bett 4 öst")]
    [InlineData("devices/x/vitals", DeviceTopicKind.Vitals, "x")]
    [InlineData("devices/vitals/vitals", DeviceTopicKind.Vitals, "vitals")]
    public void Parse_ADeviceTopic_GivesKindAndDevice(string topic, DeviceTopicKind kind, string device)
    {
        Assert.Equal(kind, DeviceTopic.Parse(Encoding.UTF8.GetBytes(topic), out var parsed));
        Assert.Equal(device, Encoding.UTF8.GetString(parsed));
        Assert.Equal(device, DeviceTopic.DeviceOf(topic));
    }

    [Theory]
    [InlineData("")]
    [InlineData("devices")]
    [InlineData("devices/")]
    [InlineData("devices//vitals")]
    [InlineData("devices/monitor-1")]
    [InlineData("devices/monitor-1/")]
    [InlineData("devices/monitor-1/vitals/")]
    [InlineData("devices/monitor-1/vitals/raw")]
    [InlineData("devices/monitor-1/x/vitals")]
    [InlineData("devices/monitor-1/Vitals")]
    [InlineData("Devices/monitor-1/vitals")]
    [InlineData("/devices/monitor-1/vitals")]
    [InlineData("devices/vitals")]
    [InlineData("alerts/ICU/p1/low-spo2")]
    public void Parse_AnyOtherTopic_IsNone(string topic)
    {
        Assert.Equal(DeviceTopicKind.None, DeviceTopic.Parse(Encoding.UTF8.GetBytes(topic), out _));
        Assert.Null(DeviceTopic.DeviceOf(topic));
    }

    [Fact]
    public void Vitals_OfADevice_IsParsedBack()
    {
        Assert.Equal("devices/monitor-1/vitals", DeviceTopic.Vitals("monitor-1"));
        Assert.Equal("devices/monitor-1/status", DeviceTopic.Status("monitor-1"));
        Assert.Equal(DeviceTopicKind.Vitals, DeviceTopic.Parse(Encoding.UTF8.GetBytes(DeviceTopic.Vitals("monitor-1")), out _));
        Assert.Equal(DeviceTopicKind.Status, DeviceTopic.Parse(Encoding.UTF8.GetBytes(DeviceTopic.Status("monitor-1")), out _));
    }
}
