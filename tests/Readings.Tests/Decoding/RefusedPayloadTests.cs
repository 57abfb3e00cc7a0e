using System.Text;
using IoTGateway.Readings.Decoding;

namespace IoTGateway.Readings.Tests.Decoding;

/// <summary>Payloads that are no readings: each has a reason that names the place and repeats nothing.</summary>
public class RefusedPayloadTests
{
    [Theory]
    [InlineData("", "The payload is empty.")]
    [InlineData(" \n", "The payload is empty.")]
    [InlineData("\0\0", "The payload is empty.")]
    [InlineData("\uFEFF", "The payload is empty.")]
    [InlineData("[]", "The payload is an empty array: it holds no reading.")]
    [InlineData("72", "The value at byte 0 is neither an object with a reading nor an array of such objects.")]
    [InlineData(" \"hr\"", "The value at byte 1 is neither an object with a reading nor an array of such objects.")]
    [InlineData("null", "The value at byte 0 is neither an object with a reading nor an array of such objects.")]
    [InlineData("{}", "The reading at byte 0 has no known signal.")]
    [InlineData("""{"ts":1700000000000,"seq":5,"patient":"p1","colour":72}""", "The reading at byte 0 has no known signal.")]
    [InlineData("""[{}]""", "The reading at byte 1 has no known signal.")]
    [InlineData("""[7]""", "The element at byte 1 is no object with a reading.")]
    [InlineData("""[[{"hr":72}]]""", "The element at byte 1 is no object with a reading.")]
    [InlineData("""[{},7,{"ts":-1,"hr":72}]""", "None of the 3 readings can be used. The first: The reading at byte 1 has no known signal.")]
    [InlineData("""{"hr":72,"values":[{"spo2":97}]}""", "'values' at byte 18 is no object.")]
    [InlineData("""{"hr":72,"values":null}""", "'values' at byte 18 is no object.")]
    [InlineData("hello", "The payload is not JSON: the fault is at byte 0.")]
    [InlineData("hr=72;spo2=97", "The payload is not JSON: the fault is at byte 0.")]
    [InlineData("{'hr':72}", "The payload is not JSON: the fault is at byte 1.")]
    [InlineData("""{"hr":NaN}""", "The payload is not JSON: the fault is at byte 6.")]
    [InlineData("""{"hr":-Infinity}""", "The payload is not JSON: the fault is at byte 7.")]
    [InlineData("""{"hr":072}""", "The payload is not JSON: the fault is at byte 7.")]
    [InlineData("""{"hr":72,}""", "The payload is not JSON: the fault is at byte 9.")]
    [InlineData("""{"hr":72}{"hr":73}""", "The payload is not JSON: the fault is at byte 9.")]
    [InlineData("{\"hr\":72}\n{\"hr\":73}", "The payload is not JSON: the fault is at byte 10.")]
    [InlineData("{\"hr\":72,\n\n  \"spo2\" 97}", "The payload is not JSON: the fault is at byte 20.")]
    [InlineData("{\"hr\":72}\0x", "The payload is not JSON: the fault is at byte 9.")]
    [InlineData("\uFEFF{\"hr\":x}", "The payload is not JSON: the fault is at byte 9.")]
    [InlineData("""[{"hr":72},{"hr":7""", "The payload is cut off: its JSON is not complete where it ends, at byte 18.")]
    [InlineData("""{"hr":72""", "The payload is cut off: its JSON is not complete where it ends, at byte 8.")]
    [InlineData("""{"hr":""", "The payload is cut off: its JSON is not complete where it ends, at byte 6.")]
    [InlineData("[", "The payload is cut off: its JSON is not complete where it ends, at byte 1.")]
    public void Decode_WhatIsNoReading_SaysWhatAndWhere(string payload, string expected) =>
        Assert.Equal(expected, Decoded.ReasonOf(payload));

    [Theory]
    [InlineData("{\"hr\":72,\"sp")]
    [InlineData("{\"hr\":72,\"spo2\":tr")]
    [InlineData("{\"hr\":72,\"spo2\":\"9")]
    [InlineData("{\"hr\":72,\"spo2\":9.")]
    [InlineData("{\"hr\":72,")]
    [InlineData("{\"hr\":72,\"spo2\":-")]
    public void Decode_ACutPayload_IsRefusedAsAWhole(string payload)
    {
        var reason = Decoded.ReasonOf(payload);

        Assert.Contains("byte", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("72", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_EveryBeginningOfAPayload_IsRefusedWithAReason()
    {
        var payload = """[{"ts":"2023-11-14T22:13:19.512Z","seq":7,"values":{"hr":{"v":72,"q":"x"},"o2":true},"alarms":["\u00e4ö"]},{"hr":-1.5e2}]"""u8.ToArray();
        for (var length = 0; length < payload.Length; length++)
        {
            Assert.NotEmpty(Decoded.ReasonOf(payload[..length]));
        }

        Assert.Equal(2, Decoded.Of(Encoding.UTF8.GetString(payload)).Count);
    }

    [Fact]
    public void Decode_WhatIsNotUtf8_NamesTheByte()
    {
        Assert.Equal("The payload is not UTF-8: byte 10 is no part of a character.", Decoded.ReasonOf([.. """{"hr":72,"""u8, (byte)'"', 0xFC, .. "\":1}"u8]));
        Assert.Equal("The payload is not UTF-8: byte 2 is no part of a character.", Decoded.ReasonOf([.. "{\""u8, 0xE2, 0x82]));
        Assert.Equal("The payload is UTF-16; send UTF-8.", Decoded.ReasonOf([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{\"hr\":72}")]));
    }

    [Fact]
    public void Decode_DeepNesting_IsRefused()
    {
        var reason = Decoded.ReasonOf("{\"hr\":72,\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}");
        Assert.Equal("The payload nests deeper than 32 levels.", reason);

        // As deep as allowed, within a member nobody knows.
        Assert.Equal("hr=72", Decoded.ValuesOf("{\"hr\":72,\"x\":" + new string('[', 31) + new string(']', 31) + "}"));
    }

    [Theory]
    [InlineData("""{"resourceType":"Observation","status":"final","code":{"coding":[{"code":"8867-4"}]},"valueQuantity":{"value":72}}""", "FHIR")]
    [InlineData("""[{"bn":"urn:dev:mac:0024befffe804ff1:","n":"hr","u":"beat/min","v":72}]""", "SenML")]
    [InlineData("""[{"n":"hr","v":72}]""", "SenML")]
    public void Decode_AFormatOfLater_IsNamed(string payload, string format)
    {
        var reason = Decoded.ReasonOf(payload);

        Assert.Contains($"The payload looks like {format}, which is not supported yet.", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    [InlineData(" text/json ")]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    public void Decode_ContentTypesOfJson_AreDecoded(string contentType) =>
        Assert.Equal(1, Decoded.Of("""{"hr":72}""", contentType).Count);

    [Theory]
    [InlineData("application/senml+json", "The content type 'application/senml+json' is not supported yet; send application/json.")]
    [InlineData("application/senml+cbor", "The content type 'application/senml+cbor' is not supported yet; send application/json.")]
    [InlineData("application/fhir+json; fhirVersion=4.0", "The content type 'application/fhir+json; fhirVersion=4.0' is not supported yet; send application/json.")]
    [InlineData("image/png", "The content type 'image/png' is not known; send application/json or none.")]
    [InlineData("x\n\u00e4\0", "The content type 'x???' is not known; send application/json or none.")]
    public void Decode_AnotherContentType_IsRefused(string contentType, string expected) =>
        Assert.Equal(expected, Decoded.ReasonOf("""{"hr":72}""", contentType));

    [Fact]
    public void Decode_AVeryLongContentType_IsCutInTheReason() =>
        Assert.Contains(new string('x', 80) + "...'", Decoded.ReasonOf("""{"hr":72}""", new string('x', 60_000)), StringComparison.Ordinal);

    [Fact]
    public void Decode_RandomlyDamagedPayloads_NeverThrowsAndNeverRepeatsThem()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        var decoder = new ReadingDecoder(TestSignals.Catalogue);
        var batch = new ReadingBatch();
        var sound = """[{"ts":1699999999512,"seq":7,"hr":{"v":71717,"q":"Qst"},"spo2":"97","o2":"on","avpu":"A"},{"ts":"2023-11-14T22:13:19Z","values":{"hr":null},"alarms":["Zz71717"]}]"""u8.ToArray();
        for (var round = 0; round < 50_000; round++)
        {
            var payload = (byte[])sound.Clone();
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                payload[random.Next(payload.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : payload[random.Next(payload.Length)];
            }

            var reason = decoder.Decode(payload, "", Decoded.Received, TimeSpan.Zero, batch);

            Assert.True(reason is null == batch.Count > 0, $"Seed {Seed}, round {round}: reason and readings exclude each other.");
            foreach (var text in new[] { reason, batch.FirstRejection })
            {
                Assert.False(text is not null && text.Contains("71717", StringComparison.Ordinal), $"Seed {Seed}, round {round}: the reason repeats the payload: {text}");
            }
        }
    }
}
