namespace IoTGateway.Readings.Decoding;

/// <summary>
/// The texts of the devices' own alarms. They repeat from message to message, so each is kept once and found again by its characters; only a new one
/// costs a string. Bounded: when full, further texts are made anew each time.
/// </summary>
internal sealed class AlarmTexts
{
    /// <summary>Longer texts are cut here; an alarm as a monitor shows it is a few words.</summary>
    public const int LongestText = 100;

    private const int TextsAtMost = 512;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public AlarmTexts() => _bySpan = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text, trimmed, cut to <see cref="LongestText"/>, and with blanks for control characters; empty if nothing is left.</summary>
    public string Of(Span<char> text)
    {
        foreach (ref var character in text)
        {
            if (char.IsControl(character))
            {
                character = ' ';
            }
        }

        var shown = (ReadOnlySpan<char>)text.Trim(' ');
        if (shown.Length > LongestText)
        {
            // A pair of surrogates is one character and must not be cut in two.
            shown = shown[..(char.IsHighSurrogate(shown[LongestText - 1]) ? LongestText - 1 : LongestText)];
        }

        if (shown.IsEmpty)
        {
            return "";
        }

        if (_bySpan.TryGetValue(shown, out var known))
        {
            return known;
        }

        var added = shown.ToString();
        if (_texts.Count < TextsAtMost)
        {
            _texts.Add(added);
        }

        return added;
    }
}
