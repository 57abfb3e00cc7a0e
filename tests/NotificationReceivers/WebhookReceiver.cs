using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IoTGateway.NotificationReceivers;

/// <summary>
/// Takes posts at <c>/pages</c> and prints them. <c>POST /answer</c> with a status as its body says how it answers from then on; 0: it takes the page and
/// never answers.
/// </summary>
internal static class WebhookReceiver
{
    private static readonly Lock Output = new();

    public static async Task RunAsync(int port, TimeSpan thinksFor)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var web = builder.Build();
        var status = 200;
        web.MapPost("/answer", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            Volatile.Write(ref status, int.Parse(await reader.ReadToEndAsync(), CultureInfo.InvariantCulture));
        });
        web.MapPost("/pages", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            var answer = Volatile.Read(ref status);
            Print(request, answer, body);
            if (answer == 0)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, request.HttpContext.RequestAborted);
            }

            await Task.Delay(thinksFor, request.HttpContext.RequestAborted);
            return Results.StatusCode(answer);
        });
        await web.StartAsync();
        Console.Out.WriteLine("listening");
        await web.WaitForShutdownAsync();
    }

    private static void Print(HttpRequest request, int answer, string body)
    {
        var line = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["key"] = request.Headers["Idempotency-Key"].ToString(),
            ["repeat"] = request.Headers["IoTGateway-Repeat"].ToString(),
            ["timestamp"] = request.Headers["IoTGateway-Timestamp"].ToString(),
            ["signature"] = request.Headers["IoTGateway-Signature"].ToString(),
            ["answer"] = answer.ToString(CultureInfo.InvariantCulture),
            ["body"] = body,
        });
        lock (Output)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
