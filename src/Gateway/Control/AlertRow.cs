using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Rules;

namespace IoTGateway.Control;

/// <summary>A row of <c>alerts list</c>: an alert that stands.</summary>
/// <param name="Id">The alert of its patient, whatever its episode.</param>
/// <param name="Episode">This raise of it.</param>
/// <param name="Ward">The ward.</param>
/// <param name="Bed">The bed; empty for none.</param>
/// <param name="Patient">Whose.</param>
/// <param name="Alert">Its name.</param>
/// <param name="Priority">high, medium or low.</param>
/// <param name="Kind">physiological or technical.</param>
/// <param name="State">active, clearing or latched.</param>
/// <param name="Since">Since when its condition has held.</param>
/// <param name="Value">The value that decided.</param>
/// <param name="Limit">The limit compared with.</param>
/// <param name="Calls">Whether it calls for somebody.</param>
/// <param name="AcknowledgedBy">Who has acknowledged it; null for nobody.</param>
/// <param name="SilencedUntil">Until when it is silenced; null if it is not.</param>
/// <param name="SuppressedBy">The alert that holds it back; null for none.</param>
/// <param name="Hold">pause or standby; null for neither.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record AlertRow(
    string Id,
    string Episode,
    string Ward,
    string Bed,
    string Patient,
    string Alert,
    string Priority,
    string Kind,
    string State,
    DateTimeOffset Since,
    string Value,
    string Limit,
    bool Calls,
    string? AcknowledgedBy,
    DateTimeOffset? SilencedUntil,
    string? SuppressedBy,
    string? Hold,
    string Reason)
{
    /// <summary>The alerts that stand, by ward, bed and name; what is pending or only tried is none.</summary>
    public static IReadOnlyList<AlertRow> Of(IEnumerable<AlertStatus> alerts) =>
    [
        .. alerts.Where(alert => !alert.Shadow && alert.State != AlertState.Pending)
            .OrderBy(alert => alert.Ward, StringComparer.Ordinal).ThenBy(alert => alert.Bed, StringComparer.Ordinal).ThenBy(alert => alert.Id, StringComparer.Ordinal)
            .Select(Of),
    ];

    private static AlertRow Of(AlertStatus alert) => new(
        alert.Id, alert.Episode, alert.Ward, alert.Bed, alert.Patient, alert.Alert, Word(alert.Priority), Word(alert.Kind), Word(alert.State),
        alert.Since.ToDateTimeOffset(), alert.Value, alert.Limit, alert.Calls, alert.Acknowledgement?.By, alert.Silence?.Until.ToDateTimeOffset(),
        alert.Suppressed ? alert.SuppressedBy : null, alert.Hold == PatientHold.None ? null : Word(alert.Hold), alert.Reason);

    private static string Word<T>(T word)
        where T : struct, Enum => word.ToString().ToLowerInvariant();
}
