using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Records;
using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests.Draining;

/// <summary>A log with a sink that is started and stopped again and again.</summary>
public abstract class DrainingTest : LogTest
{
    protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly RecordKinds Kinds = RecordKinds.Of(RecordKind.Reading, RecordKind.Census);

    internal string ParkedDirectory => LogDirectory + "-parked";

    internal DrainOptions Draining => new() { Directory = ParkedDirectory };

    internal RunningSink Start(DurableLog log, RecordingHandler handler, DrainOptions? options = null) =>
        new(log, log.OpenConsumer("sink", Kinds, log.Start), handler, options ?? Draining, Disk, Clock);

    /// <summary>Lets time pass until something holds.</summary>
    protected Task UntilAsync(string what, Func<bool> condition, TimeSpan? step = null) =>
        Eventually.HoldsAsync(
            what, Deadline,
            () =>
            {
                Clock.Advance(step ?? TimeSpan.FromMilliseconds(100));
                return condition();
            },
            Cancellation);

    /// <summary>The dead letters of the sink as "topic#sequence", in their order.</summary>
    protected static List<string> DeadLetters(DurableLog log)
    {
        var found = new List<string>();
        using var reader = log.OpenReader(log.Start, RecordKinds.Of(RecordKind.DeadLetter));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                var letter = DeadLetterRecord.Read(record.Body);
                found.Add($"{letter.Topic}#{letter.Sequence}");
            }
        }

        return found;
    }

    protected static string[] Names(string topic, int count, int first = 1) => [.. Enumerable.Range(first, count).Select(number => $"{topic}#{number}")];

    protected static Predicate<IReadOnlyList<string>> Holding(string topic) => names => names.Any(name => name.StartsWith(topic + "#", StringComparison.Ordinal));
}
