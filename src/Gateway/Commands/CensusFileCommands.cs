using System.CommandLine;
using IoTGateway.Control;

namespace IoTGateway.Commands;

/// <summary><c>census show</c>, <c>apply</c> and <c>drop</c>: what becomes of a census file that waits in the running gateway.</summary>
internal static class CensusFileCommands
{
    public static Command Create() => new("census", "Who is where: the census file that waits, and the newest changes.")
    {
        Create("show", "Show the census file that waits, what it would change, and the newest changes of who is where."),
        Create("apply", "Put the census file that waits into force; what people did at the board since the last one is overruled."),
        Create("drop", "Drop the census file that waits; what people did at the board stays, until the file changes."),
    };

    private static Command Create(string name, string description)
    {
        var data = QueueCommands.RequiredData();
        var command = new Command(name, description) { data };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = new ControlClient(parsed.GetRequiredValue(data));
            var answer = await client.AskOfCensusAsync(name, new ControlRequest { By = Environment.UserName }, cancellation);
            (answer.Done ? Console.Out : Console.Error).WriteLine(answer.Message);
            return answer.Done ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }
}
