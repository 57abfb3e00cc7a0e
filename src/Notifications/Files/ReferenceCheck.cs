using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Notifications.Files;

/// <summary>Holds the names in one place of the files against what is declared in another.</summary>
internal sealed class ReferenceCheck(DiagnosticBag diagnostics, RosterReader roster, ChannelsReader channels, KnownNames known)
{
    public void Check(IReadOnlyList<Reference> references)
    {
        var roles = roster.Wards.Values.SelectMany(ward => ward.Roles).Distinct().ToList();
        var alerts = known.Rules?.Select(rule => rule.Name).Concat(NotificationFiles.GatewayAlerts).ToList();
        foreach (var reference in references)
        {
            switch (reference.Kind)
            {
                case ReferenceKind.Person:
                    Person(reference);
                    break;
                case ReferenceKind.Channel:
                    Channel(reference);
                    break;
                case ReferenceKind.Role:
                    Declared(reference, roles, NotificationCodes.UnknownRole, "no shift of the roster has the role");
                    break;
                case ReferenceKind.Ward:
                    Declared(reference, [.. roster.Wards.Keys, .. known.CensusWards], NotificationCodes.UnknownWard, "neither the roster nor the census has the ward");
                    break;
                case ReferenceKind.Alert when alerts is not null:
                    Declared(reference, alerts, NotificationCodes.UnknownAlert, "no rule raises the alert");
                    break;
                default:
                    break;
            }
        }
    }

    private void Person(Reference reference)
    {
        Declared(reference, roster.People.Keys, NotificationCodes.UnknownPerson, "there is no person");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = reference.Name; reference.Owner.Length > 0 && next is not null && seen.Add(next); next = roster.People.GetValueOrDefault(next)?.Backup)
        {
            if (next == reference.Owner)
            {
                diagnostics.Error(reference.Node, NotificationCodes.BackupCycle, $"this backup leads back to '{reference.Owner}'", "name somebody else");
                return;
            }
        }
    }

    private void Channel(Reference reference)
    {
        Declared(reference, channels.Channels.Keys, NotificationCodes.UnknownChannel, "there is no channel");
        if (channels.Channels.GetValueOrDefault(reference.Name) is Plan.EmailSettings && !ChannelsReader.IsEmail(reference.Owner))
        {
            diagnostics.Error(
                reference.Node, NotificationCodes.Address, reference.Owner.Length == 0 ? $"'{reference.Name}' is e-mail and needs an address" : $"'{reference.Owner}' is no e-mail address",
                $"write for example `{reference.Name}: ward-1@hospital.example`");
        }
    }

    private void Declared(Reference reference, IEnumerable<string> names, string code, string missing)
    {
        var all = names as IReadOnlyCollection<string> ?? [.. names];
        if (!all.Contains(reference.Name))
        {
            diagnostics.Error(
                reference.Node, code, $"{missing} '{reference.Name}'",
                Suggestions.DidYouMean(reference.Name, all) ?? (all.Count is 0 or > 20 ? null : $"there are {string.Join(", ", all.Order(StringComparer.Ordinal))}"));
        }
    }
}
