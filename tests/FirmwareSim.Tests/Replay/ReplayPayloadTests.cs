using System.Text;
using IoTGateway.FirmwareSim.Replay;
using IoTGateway.Readings;

namespace IoTGateway.FirmwareSim.Tests.Replay;

public class ReplayPayloadTests
{
    [Fact]
    public void Write_Reading_IsFlatJsonWithNumbersAsWritten()
    {
        var reading = new RecordedReading(
            TimeSpan.FromMilliseconds(1024),
            [new("heart_rate", "104"), new("temperature", "36.60"), new("art_systolic_bp", "-5"), new("spo2", null)]);
        var payload = Encoding.UTF8.GetString(ReplayPayload.Write(reading, new Instant(1_700_000_000_000)));
        Assert.Equal("""{"ts":1700000001024,"heart_rate":104,"temperature":36.60,"art_systolic_bp":-5,"spo2":null}""", payload);
    }
}
