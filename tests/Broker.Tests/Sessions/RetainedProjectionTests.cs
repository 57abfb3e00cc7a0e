using System.Buffers;
using System.Text;
using IoTGateway.Broker.Sessions;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Records;
using IoTGateway.Tests.Support;

namespace IoTGateway.Broker.Tests.Sessions;

public class RetainedProjectionTests
{
    [Fact]
    public async Task Apply_StatesOfDevices_KeepsTheNewestRetainedOnes()
    {
        using var directory = new TemporaryDirectory();
        var options = new LogOptions { Directory = directory["log"] };
        using (var log = DurableLog.Open(options, new RealDisk(), TimeProvider.System))
        {
            Append(log, "devices/a/status", "old", retain: true);
            Append(log, "devices/a/status", "new", retain: true);
            Append(log, "devices/b/status", "not retained", retain: false);
            Append(log, "devices/c/status", "removed", retain: true);
            await Append(log, "devices/c/status", "", retain: true).Task.WaitAsync(TestContext.Current.CancellationToken);
        }

        var projection = new RetainedProjection();
        using var again = DurableLog.Open(options, new RealDisk(), TimeProvider.System, projection);
        var writer = new ArrayBufferWriter<byte>();
        projection.Save(writer);
        var copy = new RetainedProjection();
        copy.Load(writer.WrittenSpan);

        foreach (var state in (RetainedProjection[])[projection, copy])
        {
            var (topic, message) = Assert.Single(state.Messages);
            Assert.Equal(("devices/a/status", 1, "new"), (topic, message.QualityOfService, Encoding.UTF8.GetString(message.Payload)));
        }

        Assert.Throws<InvalidDataException>(() => new RetainedProjection().Load(writer.WrittenSpan[..^1]));
    }

    private static Commit Append(DurableLog log, string topic, string payload, bool retain)
    {
        var head = new byte[PublishRecord.HeadSizeBytes(1, 1, 0)];
        PublishRecord.WriteHead(head, 1, retain, 0, "c"u8, default);
        Assert.Equal(
            AppendResult.Appended, log.TryAppend(RecordKind.DeviceStatus, Encoding.UTF8.GetBytes(topic), head, Encoding.UTF8.GetBytes(payload), out var commit));
        return commit!;
    }
}
