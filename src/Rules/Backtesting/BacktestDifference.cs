using IoTGateway.Readings;

namespace IoTGateway.Rules;

/// <summary>One difference between what two rule sets make of a recording.</summary>
/// <param name="Kind">In what they differ.</param>
/// <param name="Patient">The patient.</param>
/// <param name="Alert">The alert, as the new rules name it, else as the old ones do.</param>
/// <param name="OldRaised">When the old rules raise it; null where they do not.</param>
/// <param name="OldEnded">When it ends by the old rules; null where it is not raised, or still stands at the end.</param>
/// <param name="NewRaised">When the new rules raise it; null where they do not.</param>
/// <param name="NewEnded">When it ends by the new rules; null where it is not raised, or still stands at the end.</param>
/// <param name="OldPriority">The most urgent level it comes to by the old rules.</param>
/// <param name="NewPriority">The most urgent level it comes to by the new rules.</param>
/// <param name="Reason">Why it is raised, in the words of the rules that raise it; the new ones' where both do.</param>
public sealed record BacktestDifference(
    DifferenceKind Kind,
    string Patient,
    string Alert,
    Instant? OldRaised,
    Instant? OldEnded,
    Instant? NewRaised,
    Instant? NewEnded,
    AlertPriority? OldPriority,
    AlertPriority? NewPriority,
    string Reason)
{
    /// <summary>The earliest moment it is about.</summary>
    public Instant Time => OldRaised is not { } old ? NewRaised!.Value : NewRaised is { } now && now < old ? now : old;

    /// <summary>By how much later the new rules raise it (negative: earlier); null where only one of them does.</summary>
    public TimeSpan? RaiseShift => NewRaised - OldRaised;
}
