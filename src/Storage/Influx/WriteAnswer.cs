using System.Collections.Immutable;

namespace IoTGateway.Storage.Influx;

/// <summary>A server's answer to a write.</summary>
/// <param name="Verdict">What it means.</param>
/// <param name="Reason">
/// Why, in words. For <see cref="WriteVerdict.Later"/> a full sentence that says what to do and holds no patient data; for the refusals the
/// server's own words, which may quote a line.
/// </param>
/// <param name="RetryAfter">How long the server asks to be left alone; null where it does not.</param>
/// <param name="MayBeTheLines">For <see cref="WriteVerdict.Later"/>: whether a line that the server stumbles over could be the cause.</param>
/// <param name="NeedsSomebody">For <see cref="WriteVerdict.Later"/>: whether it takes a person to mend it, such as a right that is missing.</param>
internal readonly record struct WriteAnswer(WriteVerdict Verdict, string Reason = "", TimeSpan? RetryAfter = null, bool MayBeTheLines = false, bool NeedsSomebody = false)
{
    private readonly ImmutableArray<NamedLine> _lines;

    /// <summary>For <see cref="WriteVerdict.Refused"/>: the lines that are refused, where the server names them; all others are stored then.</summary>
    public ImmutableArray<NamedLine> Lines
    {
        get => _lines.IsDefault ? [] : _lines;
        init => _lines = value;
    }
}
