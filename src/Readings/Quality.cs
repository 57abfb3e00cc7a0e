namespace IoTGateway.Readings;

/// <summary>How far a value can be trusted (compare MeasurementValidity of ISO/IEEE 11073-10207).</summary>
public enum Quality : byte
{
    /// <summary>A plausible value.</summary>
    Valid = 0,

    /// <summary>Outside the plausible range, or doubted by the device: stored and shown with "?", may raise an alert, never clears one.</summary>
    Questionable = 1,

    /// <summary>Null, a probe-off sentinel, or what the catalogue declares as no value: stored if there was a number; neither raises, clears nor cancels.</summary>
    NoValue = 2,

    /// <summary>A person has taken back what was said of this moment: it counts as never measured. A device never says so.</summary>
    Retracted = 3,
}
