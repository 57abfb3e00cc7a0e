using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Census;

/// <summary>Turns the pieces of one file into a census and notes all that is wrong; see <see cref="CensusFile"/> for the form.</summary>
internal sealed class CensusFileReader(CensusDiagnostics diagnostics, SignalCatalogue? catalogue)
{
    // Each at the place where it was first met.
    private readonly Dictionary<string, CensusNode> _wards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CensusNode> _patients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CensusNode> _devices = new(StringComparer.Ordinal);

    // Which beds of _beds they belong to.
    private readonly Dictionary<CensusNode, int> _bedIndexes = [];
    private readonly ImmutableArray<Bed>.Builder _beds = ImmutableArray.CreateBuilder<Bed>();

    /// <summary>Reads the document. Null where something that was noted as an error keeps a census from being made.</summary>
    public WardCensus? Read(CensusNode root)
    {
        if (!TryReadKeys(root, "the file", ["version", "wards"], out var keys))
        {
            return null;
        }

        ReadVersion(root, keys);
        if (!keys.TryGetValue("wards", out var wards))
        {
            diagnostics.Error(CensusCodes.MissingKey, root, "`wards` is missing", "write `wards:` and a list of wards; `wards: []` if there is none");
            return null;
        }

        foreach (var ward in ItemsOf(wards, "wards", "wards, each beginning with `- ward: NAME`"))
        {
            ReadWard(ward);
        }

        CheckPatientsAgainstDevices();
        return diagnostics.HasErrors ? null : new WardCensus(_beds.ToImmutable());
    }

    private void ReadVersion(CensusNode root, Dictionary<string, CensusNode> keys)
    {
        if (!keys.TryGetValue("version", out var version))
        {
            diagnostics.Error(CensusCodes.MissingKey, root, "`version` is missing", $"begin the file with `version: {CensusFile.Version}`");
        }
        else if (version.Kind != CensusNodeKind.Text || version.Text != "1")
        {
            diagnostics.Error(
                CensusCodes.UnknownVersion, version, $"this is no version that can be read; this gateway reads version {CensusFile.Version}",
                $"write `version: {CensusFile.Version}`");
        }
    }

    private void ReadWard(CensusNode node)
    {
        if (!TryReadKeys(node, "a ward", ["ward", "population", "monitored", "beds"], out var keys))
        {
            return;
        }

        var name = ReadName(node, keys, "ward");
        if (name == Assignment.UnassignedWard)
        {
            diagnostics.Error(CensusCodes.BadName, keys["ward"], $"'{name}' is the ward of the devices that stand at no bed", "give the ward another name");
        }
        else if (name is not null)
        {
            NoteOnce(_wards, name, keys["ward"], "the ward");
        }

        var monitored = ReadSignals(keys);
        var population = ReadPopulation(keys);
        if (!keys.TryGetValue("beds", out var beds))
        {
            diagnostics.Error(CensusCodes.MissingKey, node, "the ward has no `beds`", "write `beds:` and a list of beds; `beds: []` if there is none");
            return;
        }

        var ids = new Dictionary<string, CensusNode>(StringComparer.Ordinal);
        foreach (var bed in ItemsOf(beds, "beds", "beds, each beginning with `- bed: NAME`"))
        {
            ReadBed(bed, name, monitored, population, ids);
        }
    }

    private void ReadBed(CensusNode node, string? ward, ImmutableArray<string>? monitoredInWard, string populationInWard, Dictionary<string, CensusNode> ids)
    {
        if (!TryReadKeys(node, "a bed", ["bed", "patient", "population", "devices", "tags", "monitored"], out var keys))
        {
            return;
        }

        var id = ReadName(node, keys, "bed");
        if (id is not null)
        {
            NoteOnce(ids, id, keys["bed"], "the bed");
        }

        string? patient = null;
        if (keys.TryGetValue("patient", out var patientNode) && !patientNode.IsNone)
        {
            patient = ReadName(patientNode, "patient");
            if (patient is not null)
            {
                NoteOnce(_patients, patient, patientNode, "the patient");
                _bedIndexes[patientNode] = _beds.Count;
            }
        }

        var devices = keys.TryGetValue("devices", out var devicesNode) ? ReadDevices(devicesNode) : [];
        var tags = keys.TryGetValue("tags", out var tagsNode) ? ReadWords(tagsNode, "tags") : [];
        var monitored = ReadSignals(keys) ?? monitoredInWard;
        if (patient is not null && monitored is null)
        {
            diagnostics.Warning(
                CensusCodes.NothingMonitored, patientNode!, "nothing is expected of this patient, so nothing can be reported as missing",
                "add for example `monitored: [hr, spo2, rr]` to the bed or its ward; `monitored: []` if that is meant");
        }

        var population = keys.ContainsKey("population") ? ReadPopulation(keys) : populationInWard;
        _beds.Add(new Bed(id ?? "", ward ?? "", patient, devices, tags, monitored ?? []) { Population = population });
    }

    /// <summary>Whom the patients count among; empty where nothing, or nothing that is known, is said.</summary>
    private string ReadPopulation(Dictionary<string, CensusNode> keys)
    {
        if (!keys.TryGetValue("population", out var node) || node.IsNone)
        {
            return "";
        }

        if (node.Kind == CensusNodeKind.Text && PopulationWord.All.Contains(node.Text))
        {
            return node.Text;
        }

        diagnostics.Error(
            CensusCodes.UnknownWord, node, $"the population must be one of {string.Join(", ", PopulationWord.All)}",
            (node.Kind == CensusNodeKind.Text ? NearestWord.HelpFor(node.Text, PopulationWord.All) : null) ?? "leave it out where it is not known");
        return "";
    }

    private ImmutableArray<string> ReadDevices(CensusNode node)
    {
        var devices = ImmutableArray.CreateBuilder<string>();
        foreach (var item in ItemsOf(node, "devices", "names, for example `[monitor-1]`"))
        {
            if (ReadName(item, "device") is { } device)
            {
                NoteOnce(_devices, device, item, "the device");
                _bedIndexes[item] = _beds.Count;
                devices.Add(device);
            }
        }

        return devices.ToImmutable();
    }

    /// <summary>The words of a list, each once.</summary>
    private ImmutableArray<string> ReadWords(CensusNode node, string key)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        foreach (var item in ItemsOf(node, key, "words, for example `[spo2-scale-2]`"))
        {
            if (ReadName(item, "tag") is { } word)
            {
                AddOnce(words, word, item);
            }
        }

        return words.ToImmutable();
    }

    /// <summary>The ids of the signals of <c>monitored</c>, each once; null where the key is absent.</summary>
    private ImmutableArray<string>? ReadSignals(Dictionary<string, CensusNode> keys)
    {
        if (!keys.TryGetValue("monitored", out var node))
        {
            return null;
        }

        var signals = ImmutableArray.CreateBuilder<string>();
        foreach (var item in ItemsOf(node, "monitored", "signals, for example `[hr, spo2, rr]`"))
        {
            if (ReadName(item, "signal") is not { } name)
            {
                continue;
            }

            if (catalogue is null)
            {
                AddOnce(signals, name, item);
            }
            else if (catalogue.Find(name) is { OfDevice: true } ofDevice)
            {
                diagnostics.Error(
                    CensusCodes.NotOfPatient, item, $"'{name}' tells of the device, not of the patient: it cannot be monitored",
                    $"what can: {string.Join(", ", catalogue.Signals.Where(known => !known.OfDevice).Select(known => known.Id))}; a low battery is told without it");
            }
            else if (catalogue.Find(name) is { } signal)
            {
                AddOnce(signals, signal.Id, item);
            }
            else
            {
                var names = catalogue.Signals.Where(known => !known.OfDevice).SelectMany(known => known.Aliases.Prepend(known.Id));
                diagnostics.Error(
                    CensusCodes.UnknownSignal, item, $"there is no signal named '{name}'",
                    NearestWord.HelpFor(name, names) ?? "the signals are declared in 00-signals.yaml of the rules directory");
            }
        }

        return signals.ToImmutable();
    }

    private void AddOnce(ImmutableArray<string>.Builder words, string word, CensusNode at)
    {
        if (words.Contains(word))
        {
            diagnostics.Warning(CensusCodes.RepeatedWord, at, $"'{word}' stands twice in this list", "leave one out");
        }
        else
        {
            words.Add(word);
        }
    }

    /// <summary>A device at an empty bed is its own patient: a patient of its name in another bed would be mixed up with it.</summary>
    private void CheckPatientsAgainstDevices()
    {
        foreach (var (patient, node) in _patients)
        {
            if (_devices.TryGetValue(patient, out var device) && _bedIndexes[device] != _bedIndexes[node])
            {
                diagnostics.Error(
                    CensusCodes.Twice, node, $"the patient '{patient}' has the name of a device at another bed (line {device.Line})",
                    "give the patient another id");
            }
        }
    }

    private void NoteOnce(Dictionary<string, CensusNode> met, string name, CensusNode at, string what)
    {
        if (!met.TryAdd(name, at))
        {
            diagnostics.Error(CensusCodes.Twice, at, $"{what} '{name}' stands twice: it is also in line {met[name].Line}", "take it out in one of the two places");
        }
    }

    /// <summary>The elements of a list; of a key without value none. Anything else is an error.</summary>
    private List<CensusNode> ItemsOf(CensusNode node, string key, string expected)
    {
        if (node.Kind != CensusNodeKind.List && !node.IsNone)
        {
            diagnostics.Error(CensusCodes.WrongShape, node, $"`{key}` must be a list", $"write a list of {expected}");
        }

        return node.Items;
    }

    /// <summary>The name under a key that must be there; null, with an error, where it is none.</summary>
    private string? ReadName(CensusNode parent, Dictionary<string, CensusNode> keys, string key)
    {
        if (keys.TryGetValue(key, out var node) && !node.IsNone)
        {
            return ReadName(node, key);
        }

        diagnostics.Error(CensusCodes.MissingKey, node ?? parent, $"`{key}` is missing", $"write `{key}: NAME`");
        return null;
    }

    private string? ReadName(CensusNode node, string what)
    {
        if (node.Kind != CensusNodeKind.Text)
        {
            diagnostics.Error(CensusCodes.WrongShape, node, $"the {what} must be a single name");
            return null;
        }

        var fault = LevelName.FaultOf(node.Text);
        if (fault is null)
        {
            return node.Text;
        }

        diagnostics.Error(CensusCodes.BadName, node, $"the name of the {what} {fault}", "letters, digits, - and _ are always fine");
        return null;
    }

    /// <summary>The values by their keys; false, with an error, where there are no keys at all.</summary>
    private bool TryReadKeys(CensusNode node, string what, ReadOnlySpan<string> known, out Dictionary<string, CensusNode> keys)
    {
        keys = new Dictionary<string, CensusNode>(StringComparer.Ordinal);
        var list = $"`{string.Join("`, `", known!)}`";
        if (node.Kind != CensusNodeKind.Map)
        {
            diagnostics.Error(CensusCodes.WrongShape, node, $"{what} must consist of keys with values", $"the keys are {list}");
            return false;
        }

        foreach (var (key, value) in node.Members)
        {
            if (!known.Contains(key.Text))
            {
                diagnostics.Error(
                    CensusCodes.UnknownKey, key, $"'{key.Text}' is not something {what} can have",
                    NearestWord.HelpFor(key.Text, known.ToArray()) ?? $"the keys are {list}");
            }
            else if (!keys.TryAdd(key.Text, value))
            {
                diagnostics.Error(CensusCodes.RepeatedKey, key, $"`{key.Text}` stands twice here", "leave one out");
            }
        }

        return true;
    }
}
