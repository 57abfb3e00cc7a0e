using IoTGateway.Notifications.Files;
using IoTGateway.Notifications.Plan;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Tests.Doubles;

/// <summary>A small roster and a few routes.</summary>
internal static class TestPlan
{
    public const string Roster = """
        version: 1
        people:
          - { person: n1, name: Nurse phone, channels: [pager: 1], backup: n2 }
          - { person: n2, channels: [pager: 2, mail: n2@hospital.example] }
          - { person: c1, channels: [pager: 3] }
          - { person: d1, channels: [pager: 4] }
        roster:
          - ward: ICU
            shifts:
              - { from: 00:00, to: 24:00, roles: { nurse: n1, charge nurse: c1, on-call physician: d1 } }
        """;

    public const string Notifications = """
        version: 1
        channels:
          - { channel: pager, webhook: http://127.0.0.1:1/pages, taken within: 10 s }
          - { channel: mail, email: { server: localhost, tls: none, from: alerts@hospital.example } }
        routes:
          - { route: all, only for: { priority: [high, medium] }, notify: nurse, tell when over: true }
        default escalation:
          - { not acknowledged in: 2 min, notify: charge nurse }
          - { not acknowledged in: 5 min, notify: on-call physician }
        """;

    public static NotificationPlan Make(string notifications = Notifications, string roster = Roster, string zone = "UTC")
    {
        var result = Load(notifications, roster, zone);
        return result.Plan ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    public static NotificationFilesResult Load(string notifications = Notifications, string roster = Roster, string zone = "UTC", KnownNames? known = null, bool withSecrets = false) =>
        NotificationFiles.Load(
            new RuleFile("roster.yaml", roster), new RuleFile("notifications.yaml", notifications), TimeZoneInfo.FindSystemTimeZoneById(zone), known ?? KnownNames.Nothing, withSecrets);
}
