using System.Globalization;
using System.Text.Json;
using System.Web;
using Microsoft.Playwright;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>What the patient's page was given to draw of a signal.</summary>
/// <param name="From">The first instant of the window, Unix milliseconds.</param>
/// <param name="To">The instant behind its last.</param>
/// <param name="Count">How many points there are.</param>
/// <param name="Low">The lowest value of all points.</param>
/// <param name="High">The highest.</param>
internal sealed record DrawnSeries(long From, long To, int Count, double Low, double High)
{
    /// <summary>The signal that a request of the page is about; null where it is none for a series.</summary>
    public static string? SignalOf(string address) =>
        new Uri(address) is var uri && uri.AbsolutePath.EndsWith("/series", StringComparison.Ordinal) ? HttpUtility.ParseQueryString(uri.Query)["signal"] : null;

    /// <summary>Up to when it asks, Unix milliseconds.</summary>
    public static long ToOf(string address) => long.Parse(HttpUtility.ParseQueryString(new Uri(address).Query)["to"]!, CultureInfo.InvariantCulture);

    public static async Task<DrawnSeries> OfAsync(IResponse answer)
    {
        Assert.Equal(200, answer.Status);
        var query = HttpUtility.ParseQueryString(new Uri(answer.Url).Query);
        using var body = JsonDocument.Parse(await answer.BodyAsync());
        var points = body.RootElement.GetProperty("points");
        return new DrawnSeries(
            long.Parse(query["from"]!, CultureInfo.InvariantCulture),
            ToOf(answer.Url),
            points.GetArrayLength(),
            points.EnumerateArray().Min(point => point.GetProperty("low").GetDouble()),
            points.EnumerateArray().Max(point => point.GetProperty("high").GetDouble()));
    }
}
