using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Queue;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;
using Spectre.Console;

namespace IoTGateway.Commands;

/// <summary><c>queue …</c>: look into the log of a stopped or running gateway, without a lock, and tell the running one's consumers what to do.</summary>
internal static class QueueCommands
{
    public static Command Create()
    {
        var queue = new Command("queue", "Look into the durable queues, and tell their consumers what to do.");
        queue.Add(QueueListCommand.Create());
        queue.Add(QueueShowCommand.Create());
        queue.Add(CreateDump());
        queue.Add(CreateVerify());
        queue.Add(DeadLettersCommand.Create());
        queue.Add(ConsumerCommands.CreatePause());
        queue.Add(ConsumerCommands.CreateResume());
        queue.Add(ConsumerCommands.CreateRemove());
        queue.Add(ConsumerCommands.CreateReplay());
        return queue;
    }

    private static Command CreateDump()
    {
        var data = RequiredData();
        var all = new Option<bool>("--all") { Description = "Every kind of record, not only readings." };
        var dump = new Command("dump", "Print the records, one JSON object a line.") { data, all };
        dump.SetAction(parsed => Dump(LogOf(parsed.GetRequiredValue(data)), parsed.GetValue(all)));
        return dump;
    }

    public static Option<string> RequiredData() => new("--data") { Description = "Directory of the gateway's data.", HelpName = "DIR", DefaultValueFactory = _ => "data" };

    public static LogSnapshot LogOf(string dataDirectory)
    {
        try
        {
            return LogSnapshot.Open(DataLayout.Log(dataDirectory), new RealDisk());
        }
        catch (DirectoryNotFoundException)
        {
            throw new UserErrorException($"There is no gateway data in {Path.GetFullPath(dataDirectory)}; name the directory with --data.");
        }
    }

    private static int Dump(LogSnapshot log, bool all)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        using var reader = log.OpenReader(all ? RecordKinds.All : RecordKinds.Of(RecordKind.Reading));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                QueueDump.Write(writer, record, withKind: all);
                writer.Flush();
                writer.Reset();
                output.Write("\n"u8);
            }
        }

        return TellDamage(log.ExamineDamage());
    }

    private static Command CreateVerify()
    {
        var data = RequiredData();
        var verify = new Command("verify", "Read every record, index and checkpoint, and tell what is damaged or missing. Changes nothing.") { data };
        verify.SetAction(parsed => Verify(LogOf(parsed.GetRequiredValue(data))));
        return verify;
    }

    private static int Verify(LogSnapshot log)
    {
        var report = AnsiConsole.Progress().Start(context =>
        {
            var task = context.AddTask("Reading", maxValue: 1);
            return log.Verify(done => task.Value = done);
        });
        Console.Out.WriteLine(FormattableString.Invariant(
            $"{report.Records:#,0} records in {report.Frames:#,0} frames, {report.Segments} segments, {report.Bytes / 1_000_000.0:#,0.0} MB; {report.Checkpoints} checkpoints."));
        foreach (var fault in report.Faults)
        {
            Console.Error.WriteLine(fault);
        }

        if (report.IsSound)
        {
            Console.Out.WriteLine("All is as it was written.");
        }

        foreach (var damage in report.Damages)
        {
            // All of it, a line a topic: here one looks for what exactly has to be asked for again.
            Console.Error.WriteLine(damage.Summary);
            foreach (var missing in damage.Missing)
            {
                Console.Error.WriteLine($"  missing: {missing}");
            }
        }

        return report.IsSound ? ExitCode.Fine : ExitCode.Failed;
    }

    /// <summary>What could be read is printed all the same; that something is missing must not go unnoticed.</summary>
    private static int TellDamage(IReadOnlyList<LogDamage> damages)
    {
        foreach (var damage in damages)
        {
            Console.Error.WriteLine(damage);
        }

        return damages.Count == 0 ? ExitCode.Fine : ExitCode.Failed;
    }
}
