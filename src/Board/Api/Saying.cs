using IoTGateway.Readings;

namespace IoTGateway.Board.Api;

/// <summary>Checks what a person says in a request. The first thing that is wrong is told; what follows it is not looked at.</summary>
internal sealed class Saying
{
    private const int ByLengthMost = 60;
    private const int TextLengthMost = 500;

    /// <summary>What is wrong, in a sentence; null while nothing is.</summary>
    public string? Wrong { get; private set; }

    /// <summary>The person as recorded. Nobody is signed in yet: the record says so, so that no one takes the name for proven later.</summary>
    public string Person(string? by)
    {
        var name = (by ?? "").Trim();
        Check(name.Length is > 0 and <= ByLengthMost && RequestText.IsLine(name), "Say who acts: 'by' is a name or initials of 1 to 60 characters on one line.");
        return name + " (board, unauthenticated)";
    }

    /// <summary>A text that may be left out.</summary>
    public string Text(string? text, string name, int most = TextLengthMost)
    {
        var said = (text ?? "").Trim();
        Check(said.Length <= most, $"'{name}' may have {most} characters at most.");
        return said;
    }

    /// <summary>A text that must be there.</summary>
    public string Needed(string? text, string name, string sentence, int most = TextLengthMost)
    {
        var said = Text(text, name, most);
        Check(said.Length > 0 && RequestText.IsLine(said), sentence);
        return said;
    }

    /// <summary>A whole number between two others.</summary>
    public int Number(int? number, string name, int least, int most)
    {
        Check(number is { } there && there >= least && there <= most, $"'{name}' must be a whole number from {least} to {most}.");
        return number ?? least;
    }

    /// <summary>A time; <paramref name="absent"/> where none is given.</summary>
    public Instant Time(string? text, string name, Instant absent)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return absent;
        }

        var time = RequestText.Time(text.Trim());
        Check(time is not null, $"'{name}' is no time: give Unix milliseconds or ISO 8601 with an offset, for example 2026-11-22T22:14:05Z.");
        return time ?? absent;
    }

    /// <summary>Notes a sentence where something does not hold.</summary>
    public void Check(bool holds, string sentence) => Wrong ??= holds ? null : sentence;
}
