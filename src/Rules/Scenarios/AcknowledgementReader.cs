using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Reads <c>acknowledge</c>: a list of alerts, each with the time at which somebody acknowledges it.</summary>
internal sealed class AcknowledgementReader(RuleSet rules, DiagnosticBag diagnostics)
{
    private const string Example = "write for example `acknowledge: [{ alert: SpO2 low, at: 70 s }]`";

    private readonly AlertNames _names = new(rules, diagnostics);
    private readonly TimeReader _times = new(diagnostics);

    /// <summary>The acknowledgements in the order of their times; those with mistakes are left out, and the mistakes reported.</summary>
    public List<Acknowledgement> Read(ConfigNode? list)
    {
        if (list is null)
        {
            return [];
        }

        if (list.Kind != ConfigKind.List || list.Items.Count == 0)
        {
            diagnostics.Error(list, Codes.Shape, "`acknowledge` wants a list of alerts with times", Example);
            return [];
        }

        return [.. list.Items.Select(ReadOne).OfType<Acknowledgement>().OrderBy(one => one.At)];
    }

    private Acknowledgement? ReadOne(ConfigNode node)
    {
        if (node.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(node, Codes.Shape, "this acknowledges nothing", Example);
            return null;
        }

        var reader = new MappingReader(node, diagnostics, "an acknowledgement", ["alert", "at"]);
        var rule = _names.RuleOf(reader.Required("alert", node, "this does not say which alert is acknowledged", Example));
        var at = reader.Required("at", node, "this does not say when the alert is acknowledged", Example) is null ? null : _times.Time(reader, "at");
        return rule is not null && at is { } time ? new Acknowledgement(rule, time, node.Source.LineOf(node.Start)) : null;
    }
}
