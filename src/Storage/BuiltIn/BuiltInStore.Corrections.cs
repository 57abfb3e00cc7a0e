using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Storage.BuiltIn;

/// <content>What was stored for one patient and belongs to another.</content>
public sealed partial class BuiltInStore
{
    /// <inheritdoc/>
    public ValueTask CorrectAsync(CensusCorrection correction, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(correction);
        return correction.From < correction.Until ? UntilItWorksAsync(() => Correct(correction), cancellation) : ValueTask.CompletedTask;
    }

    private void Correct(CensusCorrection correction)
    {
        var (first, last) = (StoreDay.Of(correction.From), StoreDay.Of(new Instant(correction.Until.UnixMilliseconds - 1)));
        foreach (var day in StoreDay.In(_options.Directory).Where(day => day >= first && day <= last))
        {
            OpenDay(day).Correct(correction);
        }
    }
}
