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
    public string Fill(in Frame frame)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(Fill(part, in frame));
        }

        return text.ToString();
    }

    private static string Fill(MessagePart part, in Frame frame)
    {
        if (part.AgeOf is { } slot)
        {
            var from = frame.MeasuredAt(slot);
            if (from == SlotState.Never)
            {
                from = frame.IsSignal(slot) ? frame.Signal(slot).MonitoredFrom : SlotState.None;
            }

            // Nobody at a bedside reads milliseconds.
            return from == SlotState.None ? Unknown : Durations.Format(TimeSpan.FromSeconds(Math.Floor((new Instant(frame.Now) - new Instant(from)).TotalSeconds)));
        }

        if (part.Number is not { } number)
        {
            return part.Text;
        }

        var value = number.Node.Evaluate(in frame);
        return !value.IsKnown ? Unknown
            : value.Low == value.High ? number.Display.FormatNumber(value.Low)
            : $"{number.Display.FormatRange(value)}{frame.Lacking(number.Node.Slot)}";
    }
}
