using System.Net;

namespace IoTGateway.Rules.Backtesting.Report;

/// <summary>Small pieces of HTML.</summary>
internal static class Html
{
    /// <summary>A text that nobody's names can break out of.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    /// <summary>The class of a priority, for its colour.</summary>
    public static string ClassOf(AlertPriority priority) => priority.ToString().ToLowerInvariant();
}
