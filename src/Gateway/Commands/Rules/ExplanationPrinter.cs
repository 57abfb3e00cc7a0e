using System.Globalization;
using System.Text;
using IoTGateway.Rules;

namespace IoTGateway.Commands;

/// <summary>Prints why an alert is or is not raised, as an indented tree.</summary>
internal static class ExplanationPrinter
{
    /// <summary>The explanation as lines of text.</summary>
    public static string Print(Explanation explanation)
    {
        var text = new StringBuilder();
        var state = explanation.State == AlertState.Unknown ? "not raised" : explanation.State.ToString().ToLowerInvariant();
        text.AppendLine(CultureInfo.InvariantCulture, $"{explanation.Rule.Name} ({explanation.Priority.ToString().ToLowerInvariant()}): {state}, as of {explanation.At}");
        if (explanation.Since is { } since)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  since {since}");
        }

        if (explanation.Due is { } due)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  next at {due}");
        }

        foreach (var note in explanation.Notes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {note}");
        }

        foreach (var condition in explanation.Conditions)
        {
            Append(text, condition, depth: 1);
        }

        return text.ToString().TrimEnd();
    }

    private static void Append(StringBuilder text, ExplanationNode node, int depth)
    {
        text.Append(' ', depth * 2).Append(node.Text).Append(" = ").Append(node.Value);
        if (node.Origin.Length > 0)
        {
            text.Append("   (").Append(node.Origin).Append(')');
        }

        text.AppendLine();
        foreach (var part in node.Parts)
        {
            Append(text, part, depth + 1);
        }
    }
}
