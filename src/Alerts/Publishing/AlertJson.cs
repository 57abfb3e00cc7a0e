using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Alerts.Care;

namespace IoTGateway.Alerts.Publishing;

/// <summary>Alerts as MQTT subscribers see them.</summary>
internal static class AlertJson
{
    // The payload is no web page: "<" stays "<". Whoever shows it on one has to escape it there.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The payload of the retained topic: the present state of one alert.</summary>
    public static byte[] PresentState(AlertStatus status)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteStatus(json, status);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The payload of <c>alert-events</c>: the state entered, the one before, when and by whom.</summary>
    public static byte[] Transition(AlertEvent happened)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("number", happened.Number);
            json.WriteString("change", AlertWords.Of(happened.Change));
            json.WriteString("time", happened.Time.ToString());
            json.WriteString("previous", AlertWords.Of(happened.Previous));
            if (happened.By.Length > 0)
            {
                json.WriteString("by", happened.By);
            }

            if (happened.Why.Length > 0)
            {
                json.WriteString("why", happened.Why);
            }

            WriteStatus(json, happened.Status);
            if (happened.Status.Acknowledgement is { } acknowledgement)
            {
                json.WriteStartObject("acknowledgement");
                json.WriteString("by", acknowledgement.By);
                json.WriteString("at", acknowledgement.At.ToString());
                json.WriteString("note", acknowledgement.Note);
                json.WriteEndObject();
            }

            if (happened.Status.Silence is { } silence)
            {
                json.WriteStartObject("silence");
                json.WriteString("by", silence.By);
                json.WriteString("reason", silence.Reason);
                json.WriteString("at", silence.At.ToString());
                json.WriteString("until", silence.Until.ToString());
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteStatus(Utf8JsonWriter json, AlertStatus status)
    {
        json.WriteString("id", status.Id);
        json.WriteString("episode", status.Episode);
        json.WriteString("alert", status.Alert);
        json.WriteString("patient", status.Patient);
        json.WriteString("ward", status.Ward);
        json.WriteString("bed", status.Bed);
        json.WriteString("priority", AlertWords.Of(status.Priority));
        json.WriteString("kind", AlertWords.Of(status.Kind));
        json.WriteString("state", AlertWords.Of(status.State));
        json.WriteBoolean("acknowledged", status.Acknowledgement is not null);
        json.WriteBoolean("suppressed", status.Suppressed);
        if (status.Suppressed)
        {
            json.WriteString("suppressedBy", status.SuppressedBy);
        }

        json.WriteBoolean("silenced", status.Silenced);
        if (status.Hold != PatientHold.None)
        {
            json.WriteString("hold", AlertWords.Of(status.Hold));
        }

        json.WriteBoolean("calls", status.Calls);
        json.WriteBoolean("unverified", status.Unverified);
        json.WriteString("since", status.Since.ToString());
        json.WriteString("value", status.Value);
        json.WriteString("limit", status.Limit);
        json.WriteString("reason", status.Reason);
        json.WriteString("ruleSet", status.RuleSet);
    }
}
