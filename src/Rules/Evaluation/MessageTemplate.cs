using System.Collections.Immutable;
using System.Text;
using IoTGateway.Readings;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>A rule's message: text with values in braces.</summary>
internal sealed class MessageTemplate(ImmutableArray<MessagePart> parts)
{
    /// <summary>Stands where a value is not known.</summary>
    private const string Unknown = "--";

    /// <summary>Fills the values in.</summary>
    public string Fill(in Frame frame, Instant time)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(Fill(part, in frame, time));
        }

        return text.ToString();
    }

    private static string Fill(MessagePart part, in Frame frame, Instant time)
    {
        if (part.AgeOf is { } slot)
        {
            ref readonly var state = ref frame.Slots[slot];
            var from = state.Heard != SlotState.Never ? state.Heard : state.MonitoredFrom;
            return from == SlotState.None ? Unknown : Durations.Format(time - new Instant(from));
        }

        if (part.Number is null)
        {
            return part.Text;
        }

        var value = part.Display!.FormatNumber(part.Number.Evaluate(in frame));
        return value.Length == 0 ? Unknown : value;
    }
}
