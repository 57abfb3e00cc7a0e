namespace IoTGateway.Readings.Census;

/// <summary>The one member that every format of a census record has; read first, as the others may mean something else in another format.</summary>
internal sealed class CensusFormat
{
    /// <summary>The number of the format; null in what is no census.</summary>
    public int? Format { get; set; }
}
