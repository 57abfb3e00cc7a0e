namespace IoTGateway.Storage;

/// <summary>Rows could not be stored, and trying the same rows again soon would not help; others may be stored all the same.</summary>
/// <param name="reason">Why, in a sentence.</param>
/// <param name="isCertain">Whether the rows are known to be at fault; otherwise the sink may be.</param>
public sealed class RowsFailException(string reason, bool isCertain) : Exception(reason)
{
    /// <summary>Whether the rows are known to be at fault; otherwise the sink may be.</summary>
    public bool IsCertain { get; } = isCertain;
}
