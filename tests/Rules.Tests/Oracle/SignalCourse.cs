using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>Everything that was ever said of one signal of one patient.</summary>
internal sealed class SignalCourse
{
    /// <summary>All samples in the order in which they came.</summary>
    public List<Sample> Samples { get; } = [];

    /// <summary>The newest sample, whatever it says; a late one never is.</summary>
    public Sample? Newest { get; private set; }

    /// <summary>The newest value, valid or questionable.</summary>
    public Sample? Present { get; private set; }

    /// <summary>Since when it is waited for, Unix ms; null while it is not monitored.</summary>
    public long? WaitedForSince { get; set; }

    /// <summary>Takes in a sample.</summary>
    public void Add(Sample sample, bool late)
    {
        if (Newest is { } newest && newest.Time == sample.Time && newest.Value.Equals(sample.Value) && newest.Quality == sample.Quality)
        {
            return;
        }

        Samples.Add(sample);
        if (late || sample.Time < Newest?.Time)
        {
            return;
        }

        // Only a valid value has a place in windows to give, or to take.
        if (sample.Quality == Quality.Valid && Newest is { Quality: Quality.Valid } earlier && earlier.Time == sample.Time)
        {
            earlier.IsReplaced = true;
        }

        Newest = sample;
        Present = sample.Quality == Quality.NoValue ? Present : sample;
    }
}
