using IoTGateway.Alerts.Publishing;

namespace IoTGateway.Alerts.Tests.Publishing;

public sealed class AlertTopicsTests
{
    [Fact]
    public void Topics_PlainNames_AreThoseOfTheContract()
    {
        Assert.Equal("alerts/ICU/p1/spo2-low", AlertTopics.Retained("ICU", "p1", "spo2-low"));
        Assert.Equal("alerts/ICU/p1/spo2-low/ack", AlertTopics.Acknowledge("ICU", "p1", "spo2-low"));
        Assert.Equal("alert-events/ICU/p1", AlertTopics.Events("ICU", "p1"));
    }

    [Theory]
    [InlineData("p1")]
    [InlineData("room 4/left")]
    [InlineData("a+b#c%d")]
    [InlineData("Zürich")]
    [InlineData("tab\there")]
    public void TryParseAcknowledge_AnyPatient_ComesBack(string patient)
    {
        var topic = AlertTopics.Acknowledge("ICU", patient, "spo2-low");

        Assert.DoesNotContain('+', topic);
        Assert.DoesNotContain('#', topic);
        Assert.True(AlertTopics.TryParseAcknowledge(topic, out var read, out var slug));
        Assert.Equal((patient, "spo2-low"), (read, slug));
    }

    [Theory]
    [InlineData("alerts/ICU/p1/spo2-low")]
    [InlineData("alerts/ICU/p1/ack")]
    [InlineData("alerts/ICU/p1/x/y/ack")]
    [InlineData("alerts//p1/x/ack")]
    [InlineData("devices/a/b/c/ack")]
    public void TryParseAcknowledge_OtherTopic_IsRefused(string topic) => Assert.False(AlertTopics.TryParseAcknowledge(topic, out _, out _));
}
