using System.CommandLine;
using System.CommandLine.Parsing;
using IoTGateway.Configuration;
using IoTGateway.Control;

namespace IoTGateway.Commands;

/// <summary><c>queue pause</c>, <c>resume</c>, <c>remove</c> and <c>replay</c>: tell the running gateway what to do with a consumer.</summary>
internal static class ConsumerCommands
{
    public static Command CreatePause()
    {
        var (consumer, data) = (Consumer(), QueueCommands.RequiredData());
        var stop = new Option<bool>("--stop-monitoring") { Description = "For the rules and for mqtt-alerts: it is understood that nobody is warned meanwhile." };
        var pause = new Command("pause", "A consumer stands still until it is resumed, also over restarts; its readings wait in the queue.") { consumer, data, stop };
        pause.SetAction((parsed, cancellation) => AskAsync(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(consumer), "pause", new ControlRequest { StopMonitoring = parsed.GetValue(stop) }, cancellation));
        return pause;
    }

    public static Command CreateResume() => Create("resume", "A paused consumer goes on where it stands.");

    public static Command CreateRemove() => Create("remove", "Forget a consumer that the configuration no longer has; the log is not kept for it any more.");

    public static Command CreateReplay()
    {
        var data = QueueCommands.RequiredData();
        var consumer = new Option<string>("--consumer") { Description = "The sink: store or influx.", HelpName = "CONSUMER", Required = true };
        var topic = new Option<string?>("--topic") { Description = "Only this topic.", HelpName = "TOPIC" };
        var from = Time("--from", "Records received at or after this time.");
        var to = Time("--to", "Records received before this time.");
        var fromSequence = new Option<long?>("--from-sequence") { Description = "From this sequence number of the topic on.", HelpName = "N" };
        var toSequence = new Option<long?>("--to-sequence") { Description = "Up to this sequence number of the topic.", HelpName = "N" };
        var letters = new Option<bool>("--dead-letters") { Description = "The consumer's dead letters instead; what is parked is tried at once." };
        var replay = new Command("replay", "Deliver once more what a sink has had: storing a reading twice changes nothing.")
        {
            consumer, topic, from, to, fromSequence, toSequence, letters, data,
        };
        replay.Validators.Add(result =>
        {
            if ((result.GetResult(fromSequence) is not null || result.GetResult(toSequence) is not null) && result.GetResult(topic) is null)
            {
                result.AddError("A sequence number belongs to a topic: name it with --topic.");
            }
        });
        replay.SetAction((parsed, cancellation) =>
        {
            var request = new ControlRequest
            {
                Topic = parsed.GetValue(topic),
                From = parsed.GetValue(from),
                To = parsed.GetValue(to),
                FromSequence = parsed.GetValue(fromSequence),
                ToSequence = parsed.GetValue(toSequence),
                DeadLetters = parsed.GetValue(letters),
            };
            if (EmptyRange(request) is { } wrong)
            {
                Console.Error.WriteLine(wrong);
                return Task.FromResult(ExitCode.WrongUsage);
            }

            return AskAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(consumer), "replay", request, cancellation);
        });
        return replay;
    }

    /// <summary>What is wrong with a range that nothing can be in; null if it is none. Not a validator: those run before what was written is known to be a number.</summary>
    private static string? EmptyRange(ControlRequest request) => request switch
    {
        { FromSequence: { } first, ToSequence: { } last } when first > last => "--from-sequence is greater than --to-sequence: nothing is between them.",
        { From: { } first, To: { } last } when first >= last => "--from is not before --to: nothing is between them.",
        _ => null,
    };

    private static Command Create(string name, string description)
    {
        var (consumer, data) = (Consumer(), QueueCommands.RequiredData());
        var command = new Command(name, description) { consumer, data };
        command.SetAction((parsed, cancellation) =>
            AskAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(consumer), name, new ControlRequest(), cancellation));
        return command;
    }

    private static Argument<string> Consumer() => new("CONSUMER") { Description = "Its name: store, influx, rules, mqtt-alerts." };

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description + " ISO 8601; UTC without an offset.",
        HelpName = "TIME",
        CustomParser = result => ParseTime(result, name),
    };

    private static DateTimeOffset? ParseTime(ArgumentResult result, string name)
    {
        var text = result.Tokens[0].Value;
        if (StartPlace.Time(text) is { } time)
        {
            return time;
        }

        result.AddError($"{name} '{text}' is not a time such as 2026-11-22T12:00:00Z.");
        return null;
    }

    private static async Task<int> AskAsync(string directory, string consumer, string what, ControlRequest request, CancellationToken cancellation)
    {
        using var client = new ControlClient(directory);
        var answer = await client.AskAsync(consumer, what, request, cancellation);
        (answer.Done ? Console.Out : Console.Error).WriteLine(answer.Message);
        return answer.Done ? ExitCode.Fine : ExitCode.Failed;
    }
}
