namespace IoTGateway.Board.View;

/// <summary>The signals of one way to measure the pressure.</summary>
/// <param name="Label">What the ward calls it.</param>
/// <param name="Systolic">The id of the systolic pressure.</param>
/// <param name="Diastolic">The id of the diastolic pressure.</param>
/// <param name="Mean">The id of the mean pressure.</param>
internal sealed record PressureNames(string Label, string Systolic, string Diastolic, string Mean)
{
    /// <summary>Measured in an artery.</summary>
    public static readonly PressureNames Artery = new("ART", "art_sbp", "art_dbp", "art_map");

    /// <summary>Measured with a cuff.</summary>
    public static readonly PressureNames Cuff = new("NIBP", "sbp", "dbp", "map");

    /// <summary>Whether a signal is one of the three.</summary>
    public bool Has(string signal) => signal == Systolic || signal == Diastolic || signal == Mean;
}
