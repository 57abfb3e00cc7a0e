using System.Collections.Immutable;
using IoTGateway.Notifications.Plan;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Notifications.Files;

/// <summary>Reads <c>roster.yaml</c>: the people, and who has which role on which ward when.</summary>
internal sealed class RosterReader(DiagnosticBag diagnostics, List<Reference> references) : SectionReader(diagnostics, references)
{
    private const string PersonExample = "write for example `- { person: phone-1, name: Ward phone 1, channels: [pager: 4711], backup: phone-2 }`";
    private const string WardExample = "write for example `- { ward: ICU, shifts: [...] }`";
    private const string ShiftExample = "write for example `- { shift: day, from: 07:00, to: 19:00, roles: { nurse: phone-1 } }`";

    private readonly SortedDictionary<string, Person> _people = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, WardRoster> _wards = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Person> People => _people;

    public IReadOnlyDictionary<string, WardRoster> Wards => _wards;

    public void Read(ConfigNode root)
    {
        var reader = new MappingReader(root, Diagnostics, "a roster", NotificationKeys.Roster);
        foreach (var entry in Entries(reader.Node("people"), "people", PersonExample))
        {
            ReadPerson(entry);
        }

        foreach (var entry in Entries(reader.Node("roster"), "roster", WardExample))
        {
            ReadWard(entry);
        }
    }

    private void ReadPerson(ConfigNode entry)
    {
        var reader = new MappingReader(entry, Diagnostics, "a person", NotificationKeys.Person);
        var id = Name(reader, "person", entry, PersonExample);
        var channels = ReadChannels(reader, entry);
        var backup = reader.Text("backup");
        if (backup is not null)
        {
            References.Add(new Reference(backup, backup.Text.Trim(), ReferenceKind.Person, id ?? ""));
        }

        if (id is null)
        {
            return;
        }

        var person = new Person(id, reader.Text("name")?.Text.Trim() ?? id, channels, backup?.Text.Trim());
        if (!_people.TryAdd(id, person))
        {
            Diagnostics.Error(reader.Node("person")!, NotificationCodes.Duplicate, $"'{id}' is declared twice", "keep one of them");
        }
    }

    /// <summary>Each is a channel's name, or a channel's name with an address behind it.</summary>
    private ImmutableArray<PersonChannel> ReadChannels(MappingReader reader, ConfigNode entry)
    {
        const string Example = "write for example `channels: [pager: 4711, mail: ward-1@hospital.example]`";
        var list = reader.Node("channels");
        if (list is null || (list.Kind == ConfigKind.List && list.Items.Count == 0))
        {
            Diagnostics.Error(list ?? entry, Codes.MissingKey, "this person can be reached over no channel", Example);
            return [];
        }

        var channels = ImmutableArray.CreateBuilder<PersonChannel>();
        foreach (var item in list.Kind == ConfigKind.List ? list.Items : [list])
        {
            if (item.Kind == ConfigKind.Text && item.Text.Length > 0)
            {
                Add(item, "");
            }
            else if (item.Kind == ConfigKind.Mapping && item.Entries.All(pair => pair.Value.Kind == ConfigKind.Text))
            {
                foreach (var (channel, address) in item.Entries)
                {
                    Add(channel, address.Text.Trim());
                }
            }
            else
            {
                Diagnostics.Error(item, Codes.Shape, "this is no channel", Example);
            }
        }

        return channels.ToImmutable();

        void Add(ConfigNode channel, string address)
        {
            var name = channel.Text.Trim();
            References.Add(new Reference(channel, name, ReferenceKind.Channel, address));
            if (channels.Any(known => known.Channel == name))
            {
                Diagnostics.Error(channel, NotificationCodes.Duplicate, $"the channel '{name}' stands here twice", "keep one of them");
            }
            else
            {
                channels.Add(new PersonChannel(name, address));
            }
        }
    }

    private void ReadWard(ConfigNode entry)
    {
        var reader = new MappingReader(entry, Diagnostics, "a ward's roster", NotificationKeys.Ward);
        var wards = reader.Texts("ward");
        if (reader.Node("ward") is null)
        {
            Diagnostics.Error(entry, Codes.MissingKey, "`ward` is missing", WardExample);
        }

        var shifts = ImmutableArray.CreateBuilder<Shift>();
        foreach (var item in Entries(reader.Node("shifts"), "shifts", ShiftExample))
        {
            if (ReadShift(item) is { } shift)
            {
                shifts.Add(shift);
            }
        }

        if (reader.Node("shifts") is not { Kind: ConfigKind.List, Items.Count: > 0 })
        {
            Diagnostics.Error(reader.Node("shifts") ?? entry, Codes.MissingKey, "this ward has no shift", ShiftExample);
        }

        foreach (var ward in wards)
        {
            var roster = new WardRoster(ward.Text.Trim(), shifts.ToImmutable(), ward.Place.File, ward.Place.Line);
            if (!_wards.TryAdd(roster.Ward, roster))
            {
                Diagnostics.Error(ward, NotificationCodes.Duplicate, $"the ward '{roster.Ward}' has a roster already", "put the shifts together");
            }
        }
    }

    private Shift? ReadShift(ConfigNode item)
    {
        var reader = new MappingReader(item, Diagnostics, "a shift", NotificationKeys.Shift);
        var times = Times(reader, item, required: true);
        var roles = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (reader.Node("roles") is not { Kind: ConfigKind.Mapping, Entries.Count: > 0 } mapping)
        {
            Diagnostics.Error(reader.Node("roles") ?? item, Codes.MissingKey, "this shift has no roles", ShiftExample);
            return null;
        }

        var inner = MappingReader.Checked(mapping, Diagnostics);
        foreach (var (role, _) in mapping.Entries)
        {
            var persons = Named(inner, role.Text, ReferenceKind.Person);
            if (persons.IsEmpty)
            {
                Diagnostics.Error(role, Codes.Shape, $"nobody has the role '{role.Text}' in this shift", "name a person, or leave the role out");
            }
            else if (Name(role, "a role") is { } name)
            {
                roles[name] = persons;
            }
        }

        return times is { } known ? new Shift(reader.Text("shift")?.Text.Trim() ?? "", known, roles.ToImmutable()) : null;
    }
}
