using IoTGateway.Storage.BuiltIn;

namespace IoTGateway.Storage.Export;

/// <summary>Writes rows of the built-in store to a file, wide: a column per signal. The memory it takes does not grow with the store.</summary>
public static class StoreExport
{
    /// <summary>The columns before those of the signals.</summary>
    public static readonly IReadOnlyList<string> FixedColumns = ["time", "received", "device", "patient", "bed", "ward", "quality"];

    /// <summary>The endings of files that can be written.</summary>
    public static readonly IReadOnlyList<string> Endings = [".csv", ".parquet"];

    /// <summary>Rows of a row group of Parquet at most; twice as many are held in memory at once.</summary>
    internal const int RowsOfPage = 50_000;

    /// <summary>Whether a file is one that can be written, by its ending.</summary>
    public static bool IsSupported(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the rows to <c>PATH.part</c>, and gives it its name once it is whole and on disk; else nothing is left of it.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="path">The file; its ending says the format.</param>
    /// <param name="overwrites">Whether a file that is there is replaced.</param>
    /// <param name="progress">Is told how far it has come, from 0 to 1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static async Task<long> WriteAsync(StoreReader reader, string path, bool overwrites, Action<double> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(progress);
        var part = path + ".part";
        try
        {
            long rows;
            await using (var stream = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16))
            {
                rows = await WriteAsync(reader, stream, Path.GetExtension(path), progress, cancellation).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrites);
            return rows;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static async Task<long> WriteAsync(StoreReader reader, Stream stream, string ending, Action<double> progress, CancellationToken cancellation)
    {
        IStoredRowWriter writer = ending.Equals(".csv", StringComparison.OrdinalIgnoreCase)
            ? new CsvRowWriter(stream, reader.Signals)
            : await ParquetRowWriter.CreateAsync(stream, reader.Signals, cancellation).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            var count = 0L;
            var rows = new List<StoredRow>();
            foreach (var page in reader.Pages(RowsOfPage))
            {
                cancellation.ThrowIfCancellationRequested();
                if (rows.Count + page.Rows.Count > RowsOfPage)
                {
                    // Days of few rows are written together: a reader of Parquet likes large row groups.
                    await writer.WriteAsync(rows, cancellation).ConfigureAwait(false);
                    rows.Clear();
                }

                rows.AddRange(page.Rows);
                count += page.Rows.Count;
                progress(page.Done);
            }

            if (rows.Count > 0)
            {
                await writer.WriteAsync(rows, cancellation).ConfigureAwait(false);
            }

            return count;
        }
    }
}
