using IoTGateway.Readings;

namespace IoTGateway.Storage;

/// <summary>
/// The column or field <c>quality</c>: the signals of a row that are not valid, each as <c>signal=questionable</c>, <c>signal=no-value</c> or
/// <c>signal=retracted</c>, separated by one space, for example <c>hr=questionable spo2=no-value</c>. A row of valid values has none.
/// A signal that is <c>no-value</c> has a number beside the mark where the device sent one; one that is <c>retracted</c> has still its old number in a store
/// that cannot take a field back (InfluxDB), and counts as never measured in all of them.
/// </summary>
internal static class QualityText
{
    /// <summary>How a questionable value is marked.</summary>
    public const string Questionable = "questionable";

    /// <summary>How a value that is none is marked.</summary>
    public const string NoValue = "no-value";

    /// <summary>How a value is marked that a person has taken back.</summary>
    public const string Retracted = "retracted";

    /// <summary>The text of a row's values, in their order; null where all are valid.</summary>
    public static string? Of(ReadOnlySpan<SignalValue> values)
    {
        string? text = null;
        foreach (var value in values)
        {
            if (value.Quality != Quality.Valid)
            {
                text = Join(text, value);
            }
        }

        return text;
    }

    /// <summary>
    /// The text of a stored row that gets further values: the marks of signals that come again are replaced, the others stay.
    /// </summary>
    public static string? Merge(string? stored, ReadOnlySpan<SignalValue> values)
    {
        string? kept = null;
        foreach (var mark in (stored ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!ComesAgain(mark, values))
            {
                kept = kept is null ? mark : $"{kept} {mark}";
            }
        }

        foreach (var value in values)
        {
            if (value.Quality != Quality.Valid)
            {
                kept = Join(kept, value);
            }
        }

        return kept;
    }

    /// <summary>What a row's text says of one signal.</summary>
    public static Quality Of(string text, string signal)
    {
        foreach (var range in text.AsSpan().Split(' '))
        {
            var mark = text.AsSpan(range);
            if (mark.Length > signal.Length && mark[signal.Length] == '=' && mark.StartsWith(signal, StringComparison.Ordinal))
            {
                return mark[(signal.Length + 1)..] switch
                {
                    NoValue => Quality.NoValue,
                    Retracted => Quality.Retracted,
                    _ => Quality.Questionable,
                };
            }
        }

        return Quality.Valid;
    }

    private static string Join(string? text, in SignalValue value)
    {
        var mark = value.Signal.Id + "=" + value.Quality switch
        {
            Quality.NoValue => NoValue,
            Quality.Retracted => Retracted,
            _ => Questionable,
        };
        return text is null ? mark : $"{text} {mark}";
    }

    private static bool ComesAgain(string mark, ReadOnlySpan<SignalValue> values)
    {
        var signal = mark.AsSpan(0, Math.Max(mark.IndexOf('='), 0));
        foreach (var value in values)
        {
            if (signal.SequenceEqual(value.Signal.Id))
            {
                return true;
            }
        }

        return false;
    }
}
