using IoTGateway.Readings.Decoding;

namespace IoTGateway.Readings.Tests.Decoding;

/// <summary>Decoding is done for every reading by every consumer: in steady state it leaves nothing to the garbage collector.</summary>
public class DecoderAllocationTests
{
    [Theory]
    [InlineData("""{"ts":1699999999512,"seq":7,"hr":72,"spo2":97,"rr":16,"sbp":121,"dbp":78,"temp":36.8}""")]
    [InlineData("""{"ts":"2023-11-14T22:13:19.512Z","seq":7,"values":{"heart_rate":"72","spo2":{"v":97.25,"q":"questionable"},"o2":"on","avpu":"A","rr":null}}""")]
    [InlineData("""[{"ts":1699999999.512,"hr":-999,"colour":{"x":[1,2,3]}},{"h\u0072":1.5e2,"hr":8388607},{"hr":72,"alarms":["leads off","caf\u00e9"]}]""")]
    public void Decode_InSteadyState_AllocatesNothing(string json)
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(json);
        var decoder = new ReadingDecoder(TestSignals.Catalogue);
        var batch = new ReadingBatch();
        for (var round = 0; round < 100; round++)
        {
            Assert.Null(decoder.Decode(payload, "", Decoded.Received, TimeSpan.Zero, batch));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
        {
            decoder.Decode(payload, "application/json; charset=utf-8", Decoded.Received, TimeSpan.Zero, batch);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
