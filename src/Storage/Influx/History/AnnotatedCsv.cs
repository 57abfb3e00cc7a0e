using System.Text;

namespace IoTGateway.Storage.Influx.History;

/// <summary>
/// The answers of InfluxDB 2, as CSV (RFC 4180): tables one after another, each with a line of names, an empty line between them. The name of a result stands in the first
/// row of a table only where it is a default, so an empty one is that of the row before.
/// </summary>
internal static class AnnotatedCsv
{
    /// <summary>The rows of all tables, each by the names of its columns.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static List<Dictionary<string, string>> Read(string text)
    {
        var rows = new List<Dictionary<string, string>>();
        List<string>? names = null;
        foreach (var cells in Lines(text))
        {
            if (cells is [""])
            {
                names = null;
            }
            else if (names is null)
            {
                names = cells;
            }
            else if (cells.Count != names.Count)
            {
                throw new FormatException($"a row has {cells.Count} cells below {names.Count} names");
            }
            else if (names.Contains("error") && cells[names.IndexOf("error")] is { Length: > 0 })
            {
                throw new FormatException("the query failed while it was answered");
            }
            else
            {
                rows.Add(names.Zip(cells).Where(pair => pair.First.Length > 0).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
            }
        }

        return rows;
    }

    private static IEnumerable<List<string>> Lines(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (quoted)
            {
                if (letter != '"')
                {
                    cell.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append('"');
                    at++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (letter == '"')
            {
                quoted = true;
            }
            else if (letter is ',' or '\n')
            {
                cells.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (letter == '\n')
                {
                    yield return cells;
                    cells = [];
                }
            }
            else
            {
                cell.Append(letter);
            }
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            cells.Add(cell.ToString().TrimEnd('\r'));
            yield return cells;
        }
    }
}
