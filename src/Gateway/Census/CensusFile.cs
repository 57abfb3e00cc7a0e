using IoTGateway.Readings;

namespace IoTGateway.Census;

/// <summary>Reads a census from YAML: which beds there are, who lies in them, and which devices stand there.</summary>
/// <remarks>
/// <code>
/// version: 1                          # the version of this form; required
/// wards:
///   - ward: ICU                       # unique; not "unassigned", which is the ward of devices at no bed
///     monitored: [hr, spo2, rr]       # optional: the signals expected of each patient of the ward
///     beds:                           # in the order in which the board shows them
///       - bed: ICU-1                  # unique in its ward
///         patient: p1                 # optional: an opaque id, no name; without it the bed is empty
///         devices: [monitor-1]        # optional; the first is preferred where two send one signal
///         tags: [spo2-scale-2]        # optional: marks a clinician has set, for the rules
///         monitored: [hr]             # optional: takes the place of the ward's list; [] expects nothing
///       - { bed: ICU-2 }
/// </code>
/// Names and ids are as <see cref="LevelName"/> wants them. Anchors, aliases and tags of YAML are refused, and a file has at most 512 Ki characters.
/// </remarks>
public static class CensusFile
{
    /// <summary>The version of the form that is read.</summary>
    public const int Version = 1;

    /// <summary>Checks the whole file and gives the census, or all errors at once.</summary>
    /// <param name="name">The file's name, as shown in errors.</param>
    /// <param name="text">Its content.</param>
    /// <param name="catalogue">
    /// The signals that <c>monitored</c> may name, by id or alias (an alias becomes its id); null while none is known: then any name passes.
    /// </param>
    public static CensusFileResult Load(string name, string text, SignalCatalogue? catalogue)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\uFEFF');
        var diagnostics = new CensusDiagnostics(name, text);
        var census = CensusTree.Read(text, diagnostics) is { } root ? new CensusFileReader(diagnostics, catalogue).Read(root) : null;
        return new CensusFileResult(diagnostics.HasErrors ? null : census, diagnostics.ToImmutable());
    }
}
