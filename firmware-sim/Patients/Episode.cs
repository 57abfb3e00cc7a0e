namespace IoTGateway.FirmwareSim.Patients;

/// <summary>Something that happens to one bed for a while.</summary>
/// <param name="Bed">The bed, from 1.</param>
/// <param name="Kind">What happens.</param>
/// <param name="From">When it begins, counted from the start of the simulation.</param>
/// <param name="Length">How long it lasts; a deterioration then needs about half a minute to recover.</param>
/// <param name="NoValue">For a sensor that is off: how the device says so.</param>
public sealed record Episode(int Bed, EpisodeKind Kind, TimeSpan From, TimeSpan Length, NoValueForm NoValue = NoValueForm.Null)
{
    /// <summary>Whether it lasts at this time.</summary>
    public bool Covers(TimeSpan time) => time >= From && time < From + Length;
}
