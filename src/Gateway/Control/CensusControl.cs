using System.Text;
using IoTGateway.Alerts.Census;
using IoTGateway.Alerts.Orders;

namespace IoTGateway.Control;

/// <summary>What can be seen of the census file that waits, and decided upon it, from the command line.</summary>
internal static class CensusControl
{
    private const int StepsShown = 10;

    public static void Map(WebApplication web, ICensusCommands census)
    {
        web.MapPost("/census/show", () => new ControlAnswer(true, Show(census)));
        web.MapPost("/census/apply", async (ControlRequest request, CancellationToken cancellation) => Answer(await census.DecideImportAsync(apply: true, request.By, cancellation)));
        web.MapPost("/census/drop", async (ControlRequest request, CancellationToken cancellation) => Answer(await census.DecideImportAsync(apply: false, request.By, cancellation)));
    }

    /// <summary>The file that waits, with what it would change, and the newest changes.</summary>
    internal static string Show(ICensusCommands census)
    {
        var text = new StringBuilder();
        if (census.Waiting is { } waiting)
        {
            text.AppendLine($"The census file waits since {waiting.Since}, as people have changed the census at the board. It would change:");
            foreach (var difference in waiting.Differences)
            {
                text.AppendLine("  " + difference);
            }

            text.AppendLine("Put it into force with: census apply. Leave things as they are with: census drop.");
        }
        else
        {
            text.AppendLine("No census file waits.");
        }

        var steps = census.Recent.Take(StepsShown).ToList();
        text.Append(steps.Count == 0 ? "The census has never been changed." : "The newest changes:");
        foreach (var step in steps)
        {
            text.Append($"{Environment.NewLine}  {step.At}  {step.Words}{(step.By.Length > 0 ? $" ({step.By})" : "")}{(step.Reason.Length > 0 ? ": " + step.Reason : "")}");
        }

        return text.ToString();
    }

    private static ControlAnswer Answer(OrderAnswer answer) => new(answer.Outcome == OrderOutcome.Done, answer.Sentence);
}
