using System.Globalization;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Ports;
using IoTGateway.Readings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Api;

/// <summary>The durable queues: how far each consumer is, what waits, what could not be used.</summary>
internal static class QueuesApi
{
    private const int RowsMost = 500;
    private const int LettersMost = 500;

    /// <summary><c>GET /api/queues/consumers</c></summary>
    public static IResult Consumers(HttpContext context)
    {
        if (Queues(context) is not { } queues)
        {
            return None();
        }

        var consumers = queues.Consumers().Select(consumer => new ConsumerReply(
            consumer.Name, consumer.Paused, consumer.Depth, consumer.OldestAge?.TotalSeconds, consumer.Parked, consumer.Trouble, consumer.Stores));
        return TypedResults.Json(new ConsumersReply(queues.Topics, queues.TopicsAtMost, queues.Refused, [.. consumers]), BoardJson.Default.ConsumersReply);
    }

    /// <summary><c>GET /api/queues/topics?contains=&amp;consumer=&amp;waiting=&amp;offset=&amp;most=</c></summary>
    public static IResult Topics(HttpContext context, string? contains, string? consumer, string? waiting, string? offset, string? most)
    {
        if (Queues(context) is not { } queues)
        {
            return None();
        }

        var saying = new Saying();
        var part = saying.Text(contains, "contains");
        var skipped = 0;
        saying.Check(string.IsNullOrEmpty(offset) || int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out skipped), "'offset' must be a whole number from 0.");
        var count = HistoryApi.Whole(most, "most", 100, RowsMost, saying);
        saying.Check(waiting is null or "" or "true" or "false", "'waiting' must be true or false.");
        if (saying.Wrong is { } wrong)
        {
            return RequestText.Bad(wrong);
        }

        var page = queues.Find(new TopicQuery { Contains = part, Consumer = HistoryApi.Given(consumer), WaitingOnly = waiting == "true", Offset = skipped, AtMost = count });
        var rows = page.Rows.Select(row => new TopicReply(
            row.Topic, row.Consumer, row.Records, row.AppendedPerSecond, row.Depth, row.OldestAge?.TotalSeconds, row.DeliveredPerSecond, row.Parked));
        return TypedResults.Json(new TopicsReply(page.Matching, skipped, [.. rows]), BoardJson.Default.TopicsReply);
    }

    /// <summary><c>GET /api/queues/dead-letters?consumer=&amp;topic=&amp;most=</c></summary>
    public static async Task<IResult> DeadLettersAsync(HttpContext context, string? consumer, string? topic, string? most)
    {
        if (Queues(context) is not { } queues)
        {
            return None();
        }

        var saying = new Saying();
        var count = HistoryApi.Whole(most, "most", 100, LettersMost, saying);
        if (saying.Wrong is { } wrong)
        {
            return RequestText.Bad(wrong);
        }

        var page = await queues.DeadLettersAsync(HistoryApi.Given(consumer), HistoryApi.Given(topic), count, context.RequestAborted);
        var letters = page.Letters.Select(letter => new DeadLetterReply(letter.Consumer, letter.Topic, letter.Sequence, letter.Received.ToString(), letter.Reason));
        return TypedResults.Json(new DeadLettersReply([.. letters], page.More), BoardJson.Default.DeadLettersReply);
    }

    /// <summary><c>POST /api/queues/{consumer}/replay</c></summary>
    public static async Task<IResult> ReplayAsync(string consumer, HttpContext context)
    {
        if (Queues(context) is not { } queues)
        {
            return None();
        }

        var (said, refused) = await RequestBody.ReadAsync(context.Request, BoardJson.Default.ReplayRequest, """{"deadLetters":true,"topic":"devices/d1/vitals","by":"your name"}""", context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        saying.Person(said.By);
        var topic = HistoryApi.Given(saying.Text(said.Topic, "topic"));
        var from = string.IsNullOrWhiteSpace(said.From) ? (Instant?)null : saying.Time(said.From, "from", Instant.MinValue);
        var to = string.IsNullOrWhiteSpace(said.To) ? (Instant?)null : saying.Time(said.To, "to", Instant.MaxValue);
        saying.Check(said.DeadLetters == true || topic is not null || from is not null, "Say what is to be delivered once more: dead letters, a topic, or a time.");
        return saying.Wrong is { } wrong
            ? RequestText.Bad(wrong)
            : await OrderResults.RunAsync(context, async cancellation => OrderResults.Answer(
                await queues.ReplayAsync(new ReplayOrder(consumer, said.DeadLetters == true, topic, from, to), cancellation)));
    }

    /// <summary><c>POST /api/queues/{consumer}/pause</c></summary>
    public static async Task<IResult> PauseAsync(string consumer, HttpContext context)
    {
        if (Queues(context) is not { } queues)
        {
            return None();
        }

        var (said, refused) = await RequestBody.ReadAsync(context.Request, BoardJson.Default.PauseConsumerRequest, """{"by":"your name"}""", context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        saying.Person(said.By);
        return saying.Wrong is { } wrong
            ? RequestText.Bad(wrong)
            : await OrderResults.RunAsync(context, async _ => OrderResults.Answer(await queues.PauseAsync(consumer, said.StopMonitoring == true)));
    }

    /// <summary><c>POST /api/queues/{consumer}/resume</c></summary>
    public static async Task<IResult> ResumeAsync(string consumer, HttpContext context)
    {
        if (Queues(context) is not { } queues)
        {
            return None();
        }

        var (said, refused) = await RequestBody.ReadAsync(context.Request, BoardJson.Default.PersonRequest, """{"by":"your name"}""", context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        saying.Person(said.By);
        return saying.Wrong is { } wrong
            ? RequestText.Bad(wrong)
            : await OrderResults.RunAsync(context, async _ => OrderResults.Answer(await queues.ResumeAsync(consumer)));
    }

    private static IQueueView? Queues(HttpContext context) => context.RequestServices.GetService<IQueueView>();

    private static IResult None() => OrderResults.Missing("The queues cannot be seen at this board. On its machine: iotgateway queue list");
}
