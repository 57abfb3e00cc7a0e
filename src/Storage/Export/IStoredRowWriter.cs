using IoTGateway.Storage.BuiltIn;

namespace IoTGateway.Storage.Export;

/// <summary>Writes rows of the built-in store in some format, page after page; what is open is finished by disposing it.</summary>
internal interface IStoredRowWriter : IAsyncDisposable
{
    /// <summary>Writes the rows.</summary>
    Task WriteAsync(IReadOnlyList<StoredRow> rows, CancellationToken cancellation);
}
