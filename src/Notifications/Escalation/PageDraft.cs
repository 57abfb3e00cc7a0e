using IoTGateway.Alerts;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;

namespace IoTGateway.Notifications.Escalation;

/// <summary>That one person is to be told of one alert; drafts of the same patient to the same person become one page.</summary>
/// <param name="Type">Why.</param>
/// <param name="Stage">At which stage.</param>
/// <param name="Role">In which role; empty where the person was named.</param>
/// <param name="Person">The person's id.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Way">Over which channel.</param>
/// <param name="TellWhenOver">Whether the end is told too.</param>
/// <param name="InsteadOf">The key of the page that failed; empty for none.</param>
/// <param name="Call">Which of the times it called.</param>
/// <param name="Alert">The alert.</param>
internal sealed record PageDraft(
    PageType Type, int Stage, string Role, string Person, string Name, PersonChannel Way, bool TellWhenOver, string InsteadOf, long Call, AlertStatus Alert)
{
    /// <summary>What drafts have in common that become one page. Patients are never put together.</summary>
    public (string Patient, string Person, PersonChannel Way, PageType Type, int Stage, string InsteadOf) Message =>
        (Alert.Patient, Person, Way, Type, Stage, InsteadOf);

    public PageItem ToItem() => new(
        Alert.Episode, Alert.Id, Call, Alert.Alert, Alert.Priority, Alert.Kind, Alert.State, Alert.Since, Alert.Value, Alert.Limit, Alert.Message, Alert.Reason);
}
