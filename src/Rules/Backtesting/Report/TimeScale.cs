using System.Globalization;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Backtesting.Report;

/// <summary>The axis of time of one patient's pictures: 0 at the first row of the recording, <see cref="Width"/> at the last.</summary>
internal readonly record struct TimeScale(Instant From, Instant To)
{
    /// <summary>The width of a picture in its own units; the page stretches it.</summary>
    public const double Width = 1000;

    /// <summary>Where a moment stands.</summary>
    public double X(Instant time) => To > From ? Math.Clamp((time - From) / (To - From), 0, 1) * Width : 0;

    /// <summary>The same as a text.</summary>
    public string Text(Instant time) => X(time).ToString("0.#", CultureInfo.InvariantCulture);
}
