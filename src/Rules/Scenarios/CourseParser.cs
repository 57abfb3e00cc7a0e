using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>
/// Reads the short form of a course: parts separated by commas. V is a number (a unit may follow), a letter, <c>on</c> or <c>off</c>; D is a duration.
/// <code>
/// V for D                              the same value for some time
/// V once                               one value; the next part begins at the same moment
/// rising V to V over D                 in equal steps; likewise falling
/// alternating V and V every D for D    each value holds for the first D
/// missing for D                        nothing is sent
/// no value for D                       the device says that it measures nothing (null)
/// questionable V for D                 the device itself doubts the value
/// </code>
/// The last part may be without <c>for D</c>: it lasts to the end of the scenario.
/// </summary>
internal sealed class CourseParser
{
    private const int MostParts = 1_000;
    private const string Example = "write for example `97 for 30 s`, `falling 95 to 85 over 20 s` or `missing for 4 min`";

    private readonly string _text;
    private readonly Signal _signal;
    private int _at;
    private int _end;

    private CourseParser(string text, Signal signal)
    {
        _text = text;
        _signal = signal;
    }

    /// <summary>Reads a course. Throws <see cref="ExpressionException"/> at the first mistake.</summary>
    public static ImmutableArray<CoursePart> Parse(string text, Signal signal) => new CourseParser(text, signal).ReadParts();

    private ImmutableArray<CoursePart> ReadParts()
    {
        var parts = ImmutableArray.CreateBuilder<CoursePart>();
        for (var start = 0; start <= _text.Length; start = _end + 1)
        {
            _at = start;
            _end = _text.IndexOf(',', start) is >= 0 and var comma ? comma : _text.Length;
            SkipSpaces();
            var first = _at;
            parts.Add(ReadPart());
            SkipSpaces();
            if (_at < _end)
            {
                throw Wrong($"'{Rest()}' is not understood here", _at, "one part ends with its duration; put a comma before the next one");
            }

            if (parts[^1].Length is null && _end < _text.Length)
            {
                throw Wrong("only the last part may be without a duration", first, "write for how long, for example `97 for 30 s`");
            }

            if (parts.Count > MostParts)
            {
                throw new ExpressionException(ScenarioCodes.TooLong, $"a course has at most {MostParts} parts", new TextSpan(first, 1));
            }
        }

        return parts.ToImmutable();
    }

    private CoursePart ReadPart()
    {
        var start = _at;
        if (TryWord("missing"))
        {
            return new CoursePart(CoursePartKind.Missing, double.NaN, Length: ReadFor());
        }

        if (TryWord("no"))
        {
            Expect("value");
            return new CoursePart(CoursePartKind.Steady, double.NaN, Length: ReadFor(), OfDevice: Quality.NoValue);
        }

        if (TryWord("questionable"))
        {
            return new CoursePart(CoursePartKind.Steady, ReadValue(), Length: ReadFor(), OfDevice: Quality.Questionable);
        }

        if (TryWord("rising"))
        {
            return ReadRamp(start, rises: true);
        }

        if (TryWord("falling"))
        {
            return ReadRamp(start, rises: false);
        }

        if (TryWord("alternating"))
        {
            return ReadAlternating();
        }

        var value = ReadValue();
        return TryWord("once")
            ? new CoursePart(CoursePartKind.Once, value, Length: TimeSpan.Zero)
            : new CoursePart(CoursePartKind.Steady, value, Length: ReadFor());
    }

    private CoursePart ReadRamp(int start, bool rises)
    {
        if (_signal.Form != SignalForm.Number)
        {
            throw Wrong($"{_signal.Id} is no number, so it cannot rise or fall", start, "give one value after the other, for example `A for 1 min, V for 1 min`");
        }

        var from = ReadValue();
        Expect("to");
        var to = ReadValue();
        Expect("over");
        var length = ReadDuration();
        return (rises ? to > from : to < from)
            ? new CoursePart(CoursePartKind.Ramp, from, to, length)
            : throw new ExpressionException(
                ScenarioCodes.Direction, $"from {Shown(from)} to {Shown(to)} nothing {(rises ? "rises" : "falls")}", new TextSpan(start, _end - start),
                to == from ? $"write `{Shown(from)} for` and how long" : $"write `{(rises ? "falling" : "rising")}`, or exchange the two");
    }

    private CoursePart ReadAlternating()
    {
        var from = ReadValue();
        Expect("and");
        var to = ReadValue();
        Expect("every");
        var turn = ReadDuration();
        return new CoursePart(CoursePartKind.Alternating, from, to, ReadFor(), turn);
    }

    private TimeSpan? ReadFor()
    {
        if (TryWord("for"))
        {
            return ReadDuration();
        }

        SkipSpaces();
        return _at == _end ? null : throw Wrong($"`for` or a comma is wanted here, not '{Rest()}'", _at, Example);
    }

    /// <summary>A duration longer than nothing; it reaches to the end of the part or to the next word that is no unit.</summary>
    private TimeSpan ReadDuration()
    {
        SkipSpaces();
        var start = _at;
        var text = _text[start.._end];
        var next = text.IndexOf(" for ", StringComparison.Ordinal);
        text = next < 0 ? text : text[..next];
        try
        {
            var span = Durations.Parse(text);
            _at = start + text.Length;
            return span > TimeSpan.Zero ? span : throw Wrong("this lasts no time at all", start, "leave the part out, or write `once`");
        }
        catch (ExpressionException mistake) when (mistake.Code == Codes.Duration)
        {
            throw new ExpressionException(mistake.Code, mistake.Message, mistake.Span with { Start = start + mistake.Span.Start }, mistake.Help);
        }
    }

    private double ReadValue()
    {
        SkipSpaces();
        var start = _at;
        return _signal.Form switch
        {
            SignalForm.Letter => ReadLetter(start),
            SignalForm.Switch when TryWord("on") => 1,
            SignalForm.Switch when TryWord("off") => 0,
            _ => ReadNumber(start),
        };
    }

    private double ReadLetter(int start)
    {
        while (_at < _end && _text[_at] != ' ')
        {
            _at++;
        }

        var word = _text[start.._at];
        return word.Length == 1 && _signal.Letters.Contains(word[0], StringComparison.Ordinal)
            ? word[0]
            : throw new ExpressionException(
                ScenarioCodes.Course, $"'{word}' is no value of {_signal.Id}", new TextSpan(start, Math.Max(1, word.Length)),
                $"it is one of {string.Join(", ", _signal.Letters.AsEnumerable())}");
    }

    private double ReadNumber(int start)
    {
        while (_at < _end && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '.' or '-' or '+'))
        {
            _at++;
        }

        if (!double.TryParse(_text.AsSpan(start, _at - start), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw Wrong(_at == _end && start == _end ? "a value is missing here" : $"'{Word(start)}' is no value of {_signal.Id}", start, Example);
        }

        SkipSpaces();
        var unitStart = _at;
        var unit = Units.At(_text.AsSpan(_at, _end - _at));
        if (unit.Length > 0 && !Units.Fits(unit, _signal.Unit, _signal.UnitShown))
        {
            throw new ExpressionException(
                Codes.Unit, $"{_signal.Id} is not measured in {unit}", new TextSpan(unitStart, unit.Length),
                Units.IsTime(unit) ? "write the value first, for example `97 for 30 s`" : $"its unit is {(_signal.Unit.Length > 0 ? _signal.Unit : "none")}; nothing is converted");
        }

        _at += unit.Length;
        return value;
    }

    private void Expect(string word)
    {
        if (!TryWord(word))
        {
            SkipSpaces();
            throw Wrong($"`{word}` is wanted here", _at, Example);
        }
    }

    private bool TryWord(string word)
    {
        SkipSpaces();
        var behind = _at + word.Length;
        if (behind > _end || string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0 || (behind < _end && _text[behind] != ' '))
        {
            return false;
        }

        _at = behind;
        return true;
    }

    private void SkipSpaces()
    {
        while (_at < _end && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private string Rest() => _text[_at.._end].TrimEnd();

    private string Word(int start) => _text[start.._end].Split(' ', 2)[0];

    private static string Shown(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private ExpressionException Wrong(string message, int at, string? help) =>
        new(ScenarioCodes.Course, message, new TextSpan(at, Math.Max(1, _end - at)), help);
}
