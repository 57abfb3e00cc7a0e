namespace IoTGateway.Storage.BuiltIn;

/// <summary>Some rows of one day, in order.</summary>
/// <param name="Rows">The rows; at least one.</param>
/// <param name="Done">How far the reader has come with them, about, from 0 to 1.</param>
public sealed record StoredPage(IReadOnlyList<StoredRow> Rows, double Done)
{
    /// <summary>The place of the last row.</summary>
    public StorePlace Last => new(Rows[^1].Device, Rows[^1].Time);
}
