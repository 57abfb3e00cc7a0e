using System.Text;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Commands.RuleTools;

/// <summary>
/// Prints why an alert is or is not raised: its state, then each condition as a tree of its parts, with what each part amounts to at present and where it
/// comes from. Made for 80 columns: what is longer goes on in the next line, below where it began.
/// </summary>
internal static class ExplanationPrinter
{
    private const int Width = 80;
    private const int WidestText = 42;
    private const int WidestValue = 16;
    private const string Gap = "  ";

    /// <summary>The explanation as lines of text.</summary>
    /// <param name="explanation">What the engine says.</param>
    /// <param name="time">How a time is written; null: in UTC.</param>
    public static string Print(Explanation explanation, Func<Instant, string>? time = null)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        time ??= InUtc;
        var output = new StringBuilder();
        PrintHead(explanation, time, output);
        var rows = new List<TreeRow>();
        for (var index = 0; index < explanation.Conditions.Length; index++)
        {
            var isClear = index >= Math.Max(1, explanation.Rule.Levels.Length);
            AddRows(explanation.Conditions[index], isClear ? "clear when: " : "", "", "", rows);
        }

        PrintRows(rows, output);
        return output.ToString();
    }

    private static string InUtc(Instant time) => time.ToString().Replace('T', ' ').Replace(".000Z", "Z", StringComparison.Ordinal);

    private static void PrintHead(Explanation explanation, Func<Instant, string> time, StringBuilder output)
    {
        var priority = explanation.Priority.ToString().ToLowerInvariant();
        var state = explanation.State == AlertState.Unknown ? "not raised" : $"{explanation.State.ToString().ToLowerInvariant()} ({priority})";
        var since = explanation.Since is { } moment ? $", since {time(moment)}" : "";
        AppendWrapped(output, "", $"{explanation.Rule.Name}: {state}{since}");
        AppendWrapped(output, Gap, $"as of {time(explanation.At)}");
        if (explanation.Due is { } due)
        {
            var then = explanation.State == AlertState.Pending ? "becomes active" : explanation.State == AlertState.Clearing ? "ends" : "changes";
            AppendWrapped(output, Gap, $"{then} at {time(due)}, if nothing else changes");
        }

        foreach (var note in explanation.Notes)
        {
            AppendWrapped(output, Gap, note);
        }

        if (explanation.Rule.File.Length > 0)
        {
            AppendWrapped(output, Gap, FormattableString.Invariant($"the rule: {explanation.Rule.File}:{explanation.Rule.Line}"));
        }

        output.Append('\n');
    }

    private static void AddRows(ExplanationNode node, string label, string branch, string below, List<TreeRow> rows)
    {
        var text = label.Length > 0 && !node.Text.StartsWith(label, StringComparison.Ordinal) ? label + node.Text : node.Text;
        rows.Add(new TreeRow(branch, below + (node.Parts.Length > 0 ? "| " : Gap), text, node.Value, node.Origin));
        for (var index = 0; index < node.Parts.Length; index++)
        {
            var isLast = index == node.Parts.Length - 1;
            AddRows(node.Parts[index], "", below + (isLast ? "`-" : "|-"), below + (isLast ? Gap : "| "), rows);
        }
    }

    private static void PrintRows(List<TreeRow> rows, StringBuilder output)
    {
        var textWidth = rows.Select(row => row.Branch.Length + row.Text.Length).Where(length => length <= WidestText).DefaultIfEmpty(WidestText).Max();
        textWidth = rows.Exists(row => row.Branch.Length + row.Text.Length > WidestText) ? WidestText : textWidth;
        var valueWidth = Math.Min(WidestValue, rows.Select(row => row.Value.Length).DefaultIfEmpty().Max());
        foreach (var row in rows)
        {
            // The value stands beside the last line of the text, so that reading down the column of values needs no searching.
            var lines = Wrap(row.Text, Math.Max(12, textWidth - row.Branch.Length), Math.Max(12, textWidth - row.Below.Length));
            for (var line = 0; line < lines.Count; line++)
            {
                var text = (line == 0 ? row.Branch : row.Below) + lines[line];
                output.Append(line < lines.Count - 1 ? text + "\n" : text.PadRight(textWidth));
            }

            var room = Width - textWidth - valueWidth - (2 * Gap.Length);
            var origins = Wrap(row.Origin, room, room);
            output.Append(Gap).Append(row.Value.PadRight(valueWidth)).Append(Gap).Append(origins.FirstOrDefault() ?? "");
            TrimEnd(output);
            foreach (var origin in origins.Skip(1))
            {
                output.Append('\n').Append(row.Below.PadRight(textWidth + valueWidth + (2 * Gap.Length))).Append(origin);
            }

            output.Append('\n');
        }
    }

    private static void AppendWrapped(StringBuilder output, string indent, string text)
    {
        foreach (var (index, line) in Wrap(text, Width - indent.Length, Width - indent.Length - Gap.Length).Index())
        {
            output.Append(indent).Append(index > 0 ? Gap : "").Append(line).Append('\n');
        }
    }

    /// <summary>Cuts a text between words; a word longer than a line is cut where the line ends.</summary>
    private static List<string> Wrap(string text, int first, int others)
    {
        var lines = new List<string>();
        for (var rest = text.Trim(); rest.Length > 0;)
        {
            var room = lines.Count == 0 ? first : others;
            var cut = rest.Length <= room ? rest.Length : rest.LastIndexOf(' ', room);
            cut = cut <= 0 ? room : cut;
            lines.Add(rest[..cut].TrimEnd());
            rest = rest[cut..].TrimStart();
        }

        return lines;
    }

    private static void TrimEnd(StringBuilder output)
    {
        while (output.Length > 0 && output[^1] == ' ')
        {
            output.Length--;
        }
    }

    /// <summary>One part of a condition.</summary>
    /// <param name="Branch">The branches before it.</param>
    /// <param name="Below">The branches before the lines that go on with it.</param>
    /// <param name="Text">The part as written.</param>
    /// <param name="Value">What it amounts to.</param>
    /// <param name="Origin">Where it comes from.</param>
    private sealed record TreeRow(string Branch, string Below, string Text, string Value, string Origin);
}
