using System.Text;

namespace IoTGateway.Alerts.Publishing;

/// <summary>The topics of alerts: <c>alerts/{ward}/{patient}/{slug}</c>, its <c>/ack</c>, and <c>alert-events/{ward}/{patient}</c>.</summary>
internal static class AlertTopics
{
    private const string Prefix = "alerts/";
    private const string AcknowledgeSuffix = "/ack";

    /// <summary>The retained present state of one alert.</summary>
    public static string Retained(string ward, string patient, string slug) => Prefix + Level(ward) + "/" + Level(patient) + "/" + Level(slug);

    /// <summary>Each transition of the alerts of one patient; also their topic in the log.</summary>
    public static string Events(string ward, string patient) => "alert-events/" + Level(ward) + "/" + Level(patient);

    /// <summary>Where an acknowledgement of the alert is published.</summary>
    public static string Acknowledge(string ward, string patient, string slug) => Retained(ward, patient, slug) + AcknowledgeSuffix;

    /// <summary>Reads the topic of an acknowledgement. The ward only serves to find the alert's topic; the patient and the name say which alert is meant.</summary>
    public static bool TryParseAcknowledge(string topic, out string patient, out string slug)
    {
        patient = slug = "";
        var levels = topic.Split('/');
        if (levels is not ["alerts", { Length: > 0 }, { Length: > 0 } patientLevel, { Length: > 0 } slugLevel, "ack"])
        {
            return false;
        }

        patient = Uri.UnescapeDataString(patientLevel);
        slug = Uri.UnescapeDataString(slugLevel);
        return true;
    }

    /// <summary>A name as one level of a topic: what MQTT gives a meaning of its own is percent-encoded, all other characters stay.</summary>
    internal static string Level(string name)
    {
        if (name.Length == 0)
        {
            return "-";
        }

        if (!name.Any(MustEscape))
        {
            return name;
        }

        var level = new StringBuilder(name.Length + 6);
        foreach (var character in name)
        {
            if (MustEscape(character))
            {
                level.Append(Uri.HexEscape(character));
            }
            else
            {
                level.Append(character);
            }
        }

        return level.ToString();
    }

    // '%' itself too, so that a level can be read back; control characters are refused by many brokers (MQTT 5, 1.5.4).
    private static bool MustEscape(char character) => character is '/' or '+' or '#' or '%' or < ' ' or '\u007f';
}
