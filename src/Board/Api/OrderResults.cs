using IoTGateway.Alerts.Orders;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Ports;
using IoTGateway.Queue;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Board.Api;

/// <summary>Has something done that a person wants, and answers in the words of HTTP: 200 done, 409 stale, 422 refused, 404 unknown, 503 not recorded.</summary>
internal static class OrderResults
{
    /// <summary>Gives an order.</summary>
    public static Task<IResult> GiveAsync(HttpContext context, Order order, string by)
    {
        return context.RequestServices.GetService<IOrders>() is { } orders
            ? RunAsync(context, async cancellation => Answer(await orders.GiveAsync(order, by, cancellation)))
            : Task.FromResult(Missing("This gateway takes no orders of people."));
    }

    /// <summary>Runs what a person wants; where it cannot be recorded the person is told so.</summary>
    public static async Task<IResult> RunAsync(HttpContext context, Func<CancellationToken, Task<IResult>> run)
    {
        try
        {
            return await run(context.RequestAborted);
        }
        catch (LogFailedException failure)
        {
            BoardLog.NotRecorded(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OrderResults)), failure);
            return TypedResults.Problem(
                "This was not recorded: the gateway cannot write to its log. Nothing has changed; tell the gateway's operator.",
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>What became of an order.</summary>
    public static IResult Answer(OrderAnswer answer) => answer.Outcome == OrderOutcome.Done ? Done(answer.Sentence) : Refused(answer.Outcome, answer.Sentence);

    /// <summary>What became of a request to a part of the gateway.</summary>
    public static IResult Answer(PortAnswer answer) => answer.Done ? Done(answer.Sentence) : Refused(OrderOutcome.Refused, answer.Sentence);

    /// <summary>It was not done.</summary>
    public static IResult Refused(OrderOutcome outcome, string sentence) => TypedResults.Problem(sentence, statusCode: outcome switch
    {
        OrderOutcome.Stale => StatusCodes.Status409Conflict,
        OrderOutcome.Unknown => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status422UnprocessableEntity,
    });

    /// <summary>A part of the gateway is not there; the sentence says which, and what would bring it.</summary>
    public static IResult Missing(string sentence) => TypedResults.Problem(sentence, statusCode: StatusCodes.Status404NotFound);

    private static JsonHttpResult<OrderReply> Done(string sentence) => TypedResults.Json(new OrderReply("done", sentence), BoardJson.Default.OrderReply);
}
