using System.Text;
using IoTGateway.Alerts.Commands;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Commands;

public sealed class AcknowledgementPayloadTests
{
    [Theory]
    [InlineData("{\"episode\":\"e-1\",\"note\":\"seen\"}", "e-1", "seen")]
    [InlineData("{\"episode\":\"e-1\"}", "e-1", "")]
    [InlineData("{\"note\":null,\"episode\":\"e-1\",\"other\":[1]}", "e-1", "")]
    [InlineData("{\"episode\":\"e-1\",\"note\":\"a\\u0000b\\nc\"}", "e-1", "a b c")]
    [InlineData("{\"episode\":\"e-1\",\"note\":\"turned \\u202e around\"}", "e-1", "turned   around")]
    public void TryRead_GoodPayload_GivesEpisodeAndSafeNote(string payload, string episode, string note)
    {
        var read = AcknowledgementPayload.TryRead(Encoding.UTF8.GetBytes(payload), out _);

        Assert.Equal(new AcknowledgementPayload(episode, null, note, null), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("seen")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"episode\":\"\"}")]
    [InlineData("{\"episode\":7}")]
    [InlineData("{\"episode\":\"e-1\",\"state\":\"active\"}")]
    [InlineData("{\"episode\":\"e-1\",\"priority\":\"high\"}")]
    [InlineData("{\"episode\":\"e-1\",\"state\":\"bad\",\"priority\":\"high\"}")]
    [InlineData("{\"episode\":\"e-1\",\"state\":1,\"priority\":2}")]
    [InlineData("{\"episode\":\"e-1\"} and more")]
    [InlineData("{\"episode\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}")]
    public void TryRead_BadPayload_SaysWhy(string payload)
    {
        Assert.Null(AcknowledgementPayload.TryRead(Encoding.UTF8.GetBytes(payload), out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void TryRead_NoUtf8_SaysWhy()
    {
        Assert.Null(AcknowledgementPayload.TryRead([.. "{\"episode\":\""u8, 0xff, 0xfe, .. "\"}"u8], out var reason));
        Assert.Equal("The acknowledgement is no JSON in UTF-8.", reason);
    }

    [Fact]
    public void Safe_LongNote_IsCutBetweenCharacters()
    {
        var note = new string('a', AcknowledgementPayload.NoteLengthAtMost - 1) + "😀";

        Assert.Equal(new string('a', AcknowledgementPayload.NoteLengthAtMost - 1), AcknowledgementPayload.Safe(note));
    }

    [Fact]
    public void Write_Payload_IsReadBack()
    {
        var payload = new AcknowledgementPayload("e-1", new SeenState(AlertState.Clearing, AlertPriority.High), "ok \"so\"", "17-1");

        Assert.Equal(payload, AcknowledgementPayload.TryRead(payload.Write(), out _));
    }
}
