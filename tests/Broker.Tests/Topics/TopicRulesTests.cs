using System.Text;
using IoTGateway.Broker.Topics;

namespace IoTGateway.Broker.Tests.Topics;

public class TopicRulesTests
{
    [Theory]
    [InlineData("devices/monitor-3/vitals", TopicUse.Reading)]
    [InlineData("devices/ä/vitals", TopicUse.Reading)]
    [InlineData("devices/monitor-3/status", TopicUse.DeviceStatus)]
    [InlineData("alerts/icu/p1/low-spo2/ack", TopicUse.Acknowledgement)]
    [InlineData("devices/monitor-3/other", TopicUse.Ordinary)]
    [InlineData("devices/monitor-3", TopicUse.Ordinary)]
    [InlineData("devices/monitor-3/vitals/more", TopicUse.Ordinary)]
    [InlineData("room/1", TopicUse.Ordinary)]
    [InlineData("/", TopicUse.Ordinary)]
    [InlineData("devices//vitals", TopicUse.Invalid)]
    [InlineData("devices//status", TopicUse.Invalid)]
    [InlineData("alerts", TopicUse.Forbidden)]
    [InlineData("alerts/icu/p1/low-spo2", TopicUse.Forbidden)]
    [InlineData("alerts/icu//low-spo2/ack", TopicUse.Forbidden)]
    [InlineData("alerts/icu/p1/low-spo2/x/ack", TopicUse.Forbidden)]
    [InlineData("alert-events/icu/p1", TopicUse.Forbidden)]
    [InlineData("$SYS/iotgateway/heartbeat", TopicUse.Forbidden)]
    [InlineData("", TopicUse.Malformed)]
    [InlineData("devices/+/vitals", TopicUse.Malformed)]
    [InlineData("a#", TopicUse.Malformed)]
    [InlineData("a\0", TopicUse.Malformed)]
    public void Classify_Topic_KnowsItsUse(string topic, object use) => Assert.Equal((TopicUse)use, TopicRules.Classify(Encoding.UTF8.GetBytes(topic)));

    [Fact]
    public void Classify_NotUtf8_IsMalformed() => Assert.Equal(TopicUse.Malformed, TopicRules.Classify([0x61, 0xC0, 0x80]));

    [Fact]
    public void Classify_DeviceOf64And65Bytes_IsTakenAndInvalid()
    {
        Assert.Equal(TopicUse.Reading, TopicRules.Classify(Encoding.UTF8.GetBytes($"devices/{new string('d', 64)}/vitals")));
        Assert.Equal(TopicUse.Invalid, TopicRules.Classify(Encoding.UTF8.GetBytes($"devices/{new string('ä', 33)}/status")));
    }

    [Theory]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("a/+/b/#", true)]
    [InlineData("/", true)]
    [InlineData("", false)]
    [InlineData("a#", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a+", false)]
    [InlineData("+a/b", false)]
    [InlineData("##", false)]
    [InlineData("a\0", false)]
    [InlineData("a\uFFFD", true)]
    public void IsFilter_Filter_FollowsTheRulesOfMqtt(string filter, bool expected) => Assert.Equal(expected, TopicRules.IsFilter(filter));

    [Theory]
    [InlineData("#", true)]
    [InlineData("+/#", true)]
    [InlineData("devices/#", true)]
    [InlineData("devices/d/#", true)]
    [InlineData("devices/+/#", true)]
    [InlineData("devices/+/vitals", true)]
    [InlineData("devices/d/vitals", true)]
    [InlineData("+/+/+", true)]
    [InlineData("devices/d/vitals/#", true)]
    [InlineData("alerts/#", false)]
    [InlineData("devices/+/status", false)]
    [InlineData("devices/+", false)]
    [InlineData("devices//vitals", false)]
    [InlineData("devices/d/status/#", false)]
    [InlineData("devices/d/vitals/x", false)]
    [InlineData("devices/d/vitals/x/#", false)]
    [InlineData("$SYS/#", false)]
    public void CanMatchReadings_Filter_IsTrueOnlyWhereADeviceCouldMatch(string filter, bool expected) =>
        Assert.Equal(expected, TopicRules.CanMatchReadings(filter));

    [Fact]
    public void FirstLevel_OfATopic_LeavesPatientsOut() => Assert.Equal("alerts", TopicRules.FirstLevel("alerts/icu/patient"u8));
}
