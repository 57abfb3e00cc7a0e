using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Ledger;

/// <summary>Who has silenced one episode of an alert lately: what is silenced again and again is reported. Immutable.</summary>
internal sealed class SilenceTrail : IEquatable<SilenceTrail>
{
    /// <summary>So many silences within <see cref="Within"/> are reported: the first, and a third renewal.</summary>
    public const int ReportedAt = 4;

    /// <summary>So many are kept: of an alert that has been silenced more often nobody needs the exact number, and each of its events carries them.</summary>
    public const int KeptAtMost = 20;

    /// <summary>About a shift.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(12);

    /// <summary>Nobody has.</summary>
    public static readonly SilenceTrail None = new([]);

    private SilenceTrail(ImmutableArray<(string By, Instant At)> silences)
    {
        Silences = silences;
    }

    /// <summary>Those within <see cref="Within"/> of the newest one, at most <see cref="KeptAtMost"/>, oldest first.</summary>
    public ImmutableArray<(string By, Instant At)> Silences { get; }

    /// <summary>Whether it has been silenced so often that it is reported.</summary>
    public bool IsReported => Silences.Length >= ReportedAt;

    /// <summary>How often, in words: "6 times".</summary>
    public string Times => string.Create(CultureInfo.InvariantCulture, $"{Silences.Length} times{(Silences.Length == KeptAtMost ? " or more" : "")}");

    /// <summary>Those who did it, each once, in the order in which they did.</summary>
    public IEnumerable<string> Persons => Silences.Select(silence => silence.By).Distinct(StringComparer.Ordinal);

    /// <summary>The trail that holds these, oldest first.</summary>
    public static SilenceTrail Of(IEnumerable<(string By, Instant At)> silences) => new([.. silences.TakeLast(KeptAtMost)]);

    /// <summary>The trail after one more.</summary>
    public SilenceTrail With(Silence silence) => Of(Silences.Where(past => silence.At - past.At < Within).Append((silence.By, silence.At)));

    /// <inheritdoc/>
    public bool Equals(SilenceTrail? other) => other is not null && Silences.AsSpan().SequenceEqual(other.Silences.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SilenceTrail);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Silences.Length, Silences.IsEmpty ? default : Silences[^1]);
}
