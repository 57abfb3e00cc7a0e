namespace IoTGateway.Rules.Scenarios;

/// <summary>What stands of an alert from a moment on.</summary>
/// <param name="Time">From when on, from the beginning of the scenario.</param>
/// <param name="State">Its state; <see cref="AlertState.Ended"/> while it does not stand.</param>
/// <param name="Priority">The level it is at.</param>
/// <param name="Unverified">Whether it is marked so.</param>
/// <param name="SuppressedBy">The alert that holds it back; empty where there is none.</param>
internal sealed record AlertMoment(TimeSpan Time, AlertState State, AlertPriority Priority, bool Unverified, string SuppressedBy)
{
    /// <summary>Before anything happened.</summary>
    public static readonly AlertMoment Nothing = new(TimeSpan.Zero, AlertState.Ended, AlertPriority.Low, false, "");

    /// <summary>Whether it is raised: active, or clearing.</summary>
    public bool IsRaised => State is AlertState.Active or AlertState.Clearing;

    /// <summary>The state in words, with its marks.</summary>
    public override string ToString()
    {
        if (State == AlertState.Ended)
        {
            return "-";
        }

        var marks = (Unverified ? ", unverified" : "") + (SuppressedBy.Length > 0 ? $", suppressed by {SuppressedBy}" : "");
        return $"{State.ToString().ToLowerInvariant()} ({Priority.ToString().ToLowerInvariant()}{marks})";
    }
}
