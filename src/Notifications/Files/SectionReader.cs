using System.Collections.Immutable;
using IoTGateway.Notifications.Plan;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Notifications.Files;

/// <summary>What the readers of both files share.</summary>
/// <param name="diagnostics">Where mistakes go.</param>
/// <param name="references">Names that have to be declared elsewhere; checked when both files are read.</param>
internal abstract class SectionReader(DiagnosticBag diagnostics, List<Reference> references)
{
    private const int LongestName = 80;

    protected DiagnosticBag Diagnostics { get; } = diagnostics;

    protected List<Reference> References { get; } = references;

    /// <summary>The mappings of a list; what else stands in it is reported.</summary>
    protected IEnumerable<ConfigNode> Entries(ConfigNode? list, string key, string example)
    {
        if (list is null || (list.Kind == ConfigKind.Text && list.Text.Length == 0))
        {
            yield break;
        }

        if (list.Kind != ConfigKind.List)
        {
            Diagnostics.Error(list, Codes.Shape, $"`{key}` wants a list", example);
            yield break;
        }

        foreach (var item in list.Items)
        {
            if (item.Kind == ConfigKind.Mapping)
            {
                yield return item;
            }
            else
            {
                Diagnostics.Error(item, Codes.Shape, $"this is no entry of `{key}`", example);
            }
        }
    }

    /// <summary>A name that is declared here; null if there is none, which is reported.</summary>
    protected string? Name(MappingReader reader, string key, ConfigNode owner, string example) =>
        reader.Required(key, owner, $"`{key}` is missing", example) is { } node ? Name(node, key) : null;

    /// <summary>A name on one line.</summary>
    protected string? Name(ConfigNode node, string what)
    {
        var name = node.Text.Trim();
        if (name.Length is > 0 and <= LongestName && !name.Any(char.IsControl))
        {
            return name;
        }

        Diagnostics.Error(node, Codes.Name, $"`{what}` is named on one line, with at most {LongestName} letters");
        return null;
    }

    /// <summary>One name or a list of names that are declared elsewhere.</summary>
    protected ImmutableArray<string> Named(MappingReader reader, string key, ReferenceKind kind)
    {
        var names = reader.Texts(key);
        foreach (var node in names)
        {
            References.Add(new Reference(node, node.Text.Trim(), kind));
        }

        return [.. names.Select(node => node.Text.Trim()).Distinct()];
    }

    /// <summary>The hours of <c>from</c>, <c>to</c> and <c>days</c>; all of them where nothing is said.</summary>
    protected WeekTimes? Times(MappingReader reader, ConfigNode owner, bool required)
    {
        var (from, to) = (reader.Node("from"), reader.Node("to"));
        if (from is null != to is null || (required && from is null))
        {
            Diagnostics.Error(owner, Codes.MissingKey, $"`{(from is null ? "from" : "to")}` is missing", "write for example `from: 07:00` and `to: 19:00`");
            return null;
        }

        var days = Days(reader);
        if (from is null || to is null)
        {
            return days is { } some ? WeekTimes.Always with { Days = some } : null;
        }

        var (first, end) = (TimeOfDay(from, endOfDay: false), TimeOfDay(to, endOfDay: true));
        return first is { } begins && end is { } ends && days is { } on ? new WeekTimes(begins, ends, on) : null;
    }

    /// <summary>A duration within a range; <paramref name="absent"/> if the key is not there.</summary>
    protected TimeSpan Duration(MappingReader reader, string key, TimeSpan absent, TimeSpan least, TimeSpan most)
    {
        if (reader.Duration(key) is not { } span)
        {
            return absent;
        }

        if (span < least || span > most)
        {
            Diagnostics.Error(reader.Node(key)!, Codes.Duration, $"`{key}` is from {Durations.Format(least)} to {Durations.Format(most)}");
        }

        return span;
    }

    private int? TimeOfDay(ConfigNode node, bool endOfDay)
    {
        var parts = node.Text.Trim().Split(':');
        if (parts is [{ Length: 1 or 2 } hours, { Length: 2 } minutes]
            && int.TryParse(hours, System.Globalization.NumberStyles.None, null, out var hour)
            && int.TryParse(minutes, System.Globalization.NumberStyles.None, null, out var minute)
            && minute < 60
            && (hour < 24 || (endOfDay && hour == 24 && minute == 0)))
        {
            return (hour * 60) + minute;
        }

        Diagnostics.Error(node, NotificationCodes.Time, $"'{node.Text}' is no time of day", "write for example `07:00`, or `24:00` for the end of the day");
        return null;
    }

    private int? Days(MappingReader reader)
    {
        if (reader.Node("days") is null)
        {
            return WeekTimes.AllDays;
        }

        var days = 0;
        foreach (var node in reader.Texts("days"))
        {
            var ends = node.Text.Trim().ToLowerInvariant().Split('-');
            var (first, last) = (Array.IndexOf(NotificationKeys.Days, ends[0].Trim()), Array.IndexOf(NotificationKeys.Days, ends[^1].Trim()));
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                Diagnostics.Error(
                    node, NotificationCodes.Time, $"'{node.Text}' is no day of the week",
                    Suggestions.DidYouMean(node.Text, NotificationKeys.Days) ?? "write for example `mon`, `mon-fri` or `[sat, sun]`");
                return null;
            }

            for (var day = first; ; day = (day + 1) % 7)
            {
                days |= 1 << day;
                if (day == last)
                {
                    break;
                }
            }
        }

        return days == 0 ? null : days;
    }
}
