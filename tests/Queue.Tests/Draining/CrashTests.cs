using IoTGateway.Queue.Draining;

namespace IoTGateway.Queue.Tests.Draining;

/// <summary>
/// Goal: whatever moment a crash falls in, no record is lost and the order of each topic is kept. Method: the files are copied at each flush of a
/// run in which a topic is parked, given up in part and released; the runner is started on each copy, and what both runs delivered is looked at.
/// </summary>
public sealed class CrashTests : DrainingTest
{
    private const int Records = 12;

    [Fact]
    public async Task Reopen_FilesAsOfAnyFlush_NothingIsLostAndTheOrderIsKept()
    {
        var copies = new List<(string Path, string[] Delivered)>();
        var handler = new RecordingHandler();
        var poisoned = true;
        handler.Answer = names => (poisoned && Holding("bad")(names)) || names.Contains("bad#5") ? Delivery.Refused("No.") : null;
        var options = Draining with { RecordsAtMost = 4, ParkedTriesAtMost = 2 };
        using (var log = Open())
        {
            Disk.Flushed = () =>
            {
                lock (copies)
                {
                    // What the sink has is taken first: it may have more than the files say, never less.
                    var delivered = handler.Delivered;
                    copies.Add((Copy(copies.Count), delivered));
                }
            };
            await using (var sink = Start(log, handler, options))
            {
                for (var number = 1; number <= Records; number++)
                {
                    await AppendAsync(log, "bad", "x");
                    await AppendAsync(log, "good", "x");
                    poisoned = number < Records / 2;
                }

                await UntilAsync(
                    "all is dealt with", () => handler.Delivered.Distinct().Count() == (2 * Records) - 1 && sink.Runner.Parked.Count == 0, TimeSpan.FromSeconds(1));
            }

            Disk.Flushed = null;
        }

        Assert.True(copies.Count > 20, $"only {copies.Count} flushes");
        foreach (var (path, delivered) in copies)
        {
            await CheckAsync(path, delivered, options);
        }
    }

    private async Task CheckAsync(string path, string[] before, DrainOptions options)
    {
        using var log = DurableLog.Open(new LogOptions { Directory = Path.Combine(path, "log") }, Disk, Clock);
        var topics = log.Topics.Where(topic => topic.Kind == RecordKind.Reading).ToDictionary(topic => topic.Name, topic => (int)topic.LastSequence);
        var handler = new RecordingHandler { Answer = names => names.Contains("bad#5") ? Delivery.Refused("No.") : null };
        await using var sink = Start(log, handler, options with { Directory = Path.Combine(path, "log-parked") });
        await UntilAsync(
            $"all of {path} is dealt with",
            () => sink.Runner.Failure is not null || (sink.Consumer.Position >= log.End && sink.Runner.Parked.Count == 0), TimeSpan.FromSeconds(1));
        Assert.Null(sink.Runner.Failure);
        var dead = DeadLetters(log);
        foreach (var (topic, count) in topics)
        {
            var after = handler.DeliveredOf(topic).ToArray();
            var lost = Names(topic, count).Except(before).Except(after).Except(dead);
            Assert.True(!lost.Any(), $"{path}: lost {string.Join(' ', lost)}");
            var numbers = after.Select(name => int.Parse(name.Split('#')[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.True(numbers.SequenceEqual(numbers.Order()), $"{path}: not in order: {string.Join(' ', after)}");
        }
    }

    /// <summary>The files as a crash would leave them, if everything that was written had come to the disk.</summary>
    private string Copy(int number)
    {
        var target = LogDirectory + "-copy-" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var directory in new[] { LogDirectory, Path.Combine(LogDirectory, "checkpoints"), ParkedDirectory })
        {
            var to = Path.Combine(target, Path.GetRelativePath(Path.GetDirectoryName(LogDirectory)!, directory));
            Directory.CreateDirectory(to);
            if (!Directory.Exists(directory))
            {
                continue;
            }

            foreach (var file in Directory.GetFiles(directory).Where(file => !file.EndsWith("/lock", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
            }
        }

        return target;
    }
}
