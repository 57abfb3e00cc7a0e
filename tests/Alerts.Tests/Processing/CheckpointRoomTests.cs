using IoTGateway.Alerts.Processing;
using IoTGateway.Alerts.Tests.Doubles;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>A volume without room for the state of the rules: they go on, say so once, and save it when there is room.</summary>
public sealed class CheckpointRoomTests
{
    [Fact]
    public void SaveCheckpoint_NoRoom_TheRulesGoOnAndItIsSavedLater()
    {
        var log = new RecordingLogger();
        using var gateway = new TestGateway(log: log);
        gateway.Load(TestRules.Standard).Admit(TestGateway.Bed("ICU-1", "p1", devices: ["m1"]));
        gateway.Processor.SaveCheckpoint();
        var before = gateway.Log.Checkpoints.Load(AlertProcessor.CheckpointName, RuleHost.FormatVersion)!.Position;

        gateway.Disk.NoRoomFor = AlertProcessor.CheckpointName;
        gateway.Pass(1);
        gateway.Processor.SaveCheckpoint();
        gateway.Read("m1", "\"hr\":30").Pass(200);
        gateway.Processor.SaveCheckpoint();
        Assert.NotNull(gateway.Ledger.Find("p1", "heart-rate-very-low"));
        Assert.Equal(before, gateway.Log.Checkpoints.Load(AlertProcessor.CheckpointName, RuleHost.FormatVersion)!.Position);
        var told = Assert.Single(log.Messages, message => message.Contains("cannot be saved", StringComparison.Ordinal));
        Assert.Contains("There is no space left", told, StringComparison.Ordinal);

        gateway.Disk.NoRoomFor = null;
        gateway.Pass(3);
        Assert.True(gateway.Log.Checkpoints.Load(AlertProcessor.CheckpointName, RuleHost.FormatVersion)!.Position > before);
        Assert.Single(log.Messages, message => message.Contains("There is room again", StringComparison.Ordinal));
        Assert.Null(gateway.Log.Failure);
    }

    [Fact]
    public void Consume_NoRoom_IsTriedAtTheShorterIntervalOnly()
    {
        using var gateway = new TestGateway();
        gateway.Load(TestRules.Standard);
        gateway.Disk.NoRoomFor = AlertProcessor.CheckpointName;
        gateway.Disk.Refused = 0;
        gateway.Processor.SaveCheckpoint();
        gateway.Read("m1", "\"hr\":60").Read("m1", "\"hr\":61").Pass(1);
        Assert.Equal(1, gateway.Disk.Refused);
        gateway.Pass(200);
        Assert.InRange(gateway.Disk.Refused, 2, 101);
    }

    private sealed class RecordingLogger : ILogger
    {
        public List<string> Messages { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));
    }
}
