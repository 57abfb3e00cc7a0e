using System.Globalization;
using System.Text;

namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>Reads a line of the protocol strictly: <c>measurement[,tag=value…] field=value[,field=value…] [timestamp]</c>.</summary>
internal static class LineParser
{
    /// <summary>The point; null with what is wrong with the line in the words of InfluxDB 1.</summary>
    public static Point? Parse(string line, out string wrong)
    {
        var at = 0;
        var series = Take(line, ref at, ' ');
        if (series.Length == 0 || series[0] == ',')
        {
            wrong = "missing measurement";
            return null;
        }

        if (at >= line.Length)
        {
            wrong = "missing fields";
            return null;
        }

        if (!AreTags(series))
        {
            wrong = "missing tag value";
            return null;
        }

        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        for (at++; at < line.Length && line[at] != ' ';)
        {
            at += line[at] == ',' ? 1 : 0;
            var name = Take(line, ref at, '=', ',', ' ');
            if (name.Length > 0 && at + 1 < line.Length && line[at] == '=' && line[at + 1] is ' ' or ',')
            {
                wrong = "missing field value";
                return null;
            }

            if (name.Length == 0 || at >= line.Length || line[at] != '=' || ++at >= line.Length || Value(line, ref at) is not { } value)
            {
                wrong = "invalid field format";
                return null;
            }

            fields[Unescape(name)] = value;
        }

        var rest = line[at..].Trim();
        if (rest.Length > 0 && !long.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            wrong = "bad timestamp";
            return null;
        }

        wrong = fields.Count == 0 ? "missing fields" : "";
        return fields.Count == 0 ? null : new Point(series, fields, rest.Length == 0 ? null : long.Parse(rest, CultureInfo.InvariantCulture));
    }

    private static bool AreTags(string series)
    {
        var at = 0;
        for (Take(series, ref at, ','); at < series.Length;)
        {
            at++;
            if (Take(series, ref at, '=', ',').Length == 0 || at >= series.Length || series[at] != '=')
            {
                return false;
            }

            at++;
            if (Take(series, ref at, ',').Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static object? Value(string line, ref int at)
    {
        if (line[at] != '"')
        {
            var number = Take(line, ref at, ',', ' ');
            return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
        }

        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                at++;
                return text.ToString();
            }

            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] is '"' or '\\')
            {
                at++;
            }

            text.Append(line[at]);
        }

        return null;
    }

    /// <summary>What stands before one of the characters that no backslash stands before.</summary>
    private static string Take(string line, ref int at, params ReadOnlySpan<char> ends)
    {
        var begin = at;
        for (; at < line.Length && !ends.Contains(line[at]); at++)
        {
            at += line[at] == '\\' && at + 1 < line.Length ? 1 : 0;
        }

        return line[begin..Math.Min(at, line.Length)];
    }

    private static string Unescape(string name) => name.Replace("\\,", ",", StringComparison.Ordinal).Replace("\\ ", " ", StringComparison.Ordinal).Replace("\\=", "=", StringComparison.Ordinal);
}
