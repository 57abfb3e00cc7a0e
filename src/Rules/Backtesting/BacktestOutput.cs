using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IoTGateway.Rules.Backtesting;

/// <summary>Writes the transitions of a backtest.</summary>
internal sealed class BacktestOutput(TextWriter output, BacktestFormat format)
{
    // Alert names are the operators' own and go to a terminal or a file, not into a page.
    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HashSet<(string Patient, int Rule)> _raised = [];

    /// <summary>Writes what stands above the first transition.</summary>
    public void Begin()
    {
        if (format == BacktestFormat.Csv)
        {
            output.WriteLine("time,patient,alert,transition,value");
        }
        else if (format == BacktestFormat.Table)
        {
            output.WriteLine($"{"TIME",12}  {"PATIENT",-16}  {"TRANSITION",-10}  {"ALERT",-30}  REASON");
        }
    }

    /// <summary>Writes one transition; an update of a state that was entered before is none.</summary>
    public void Write(AlertTransition transition)
    {
        if (transition.IsUpdate)
        {
            return;
        }

        var state = StateOf(transition);
        var time = (transition.Time.UnixMilliseconds / 1_000m).ToString("0.###", CultureInfo.InvariantCulture);
        var value = ValueOf(transition);
        output.WriteLine(format switch
        {
            BacktestFormat.Csv => string.Join(',', time, Quote(transition.Patient), Quote(transition.Rule.Name), state, value),
            BacktestFormat.Json => Json(transition, state),
            _ => $"{time,12}  {transition.Patient,-16}  {state,-10}  {transition.Rule.Name,-30}  {transition.Reason}"
                + (transition.Unverified ? " (unverified)" : ""),
        });
    }

    /// <summary>The state entered in words: a latching alert that was raised is not ended but latched.</summary>
    private string StateOf(AlertTransition transition)
    {
        var key = (transition.Patient, transition.Rule.Index);
        if (transition.State == AlertState.Active)
        {
            _raised.Add(key);
        }

        return transition.State == AlertState.Ended && _raised.Remove(key) && transition.Rule.Latch
            ? "latched"
            : transition.State.ToString().ToLowerInvariant();
    }

    /// <summary>The number without its unit; a letter or on and off as such; empty where there is none.</summary>
    private static string ValueOf(AlertTransition transition)
    {
        if (double.IsNaN(transition.Number))
        {
            return "";
        }

        return IsWord(transition) ? transition.Value : transition.Number.ToString("R", CultureInfo.InvariantCulture);
    }

    private static bool IsWord(AlertTransition transition) => transition.Value.Length > 0 && char.IsLetter(transition.Value[0]);

    private static string Json(AlertTransition transition, string state) => JsonSerializer.Serialize(
        new
        {
            time = transition.Time.UnixMilliseconds / 1_000m,
            patient = transition.Patient,
            alert = transition.Rule.Name,
            transition = state,
            value = double.IsNaN(transition.Number) ? null : IsWord(transition) ? transition.Value : (object)transition.Number,
            limit = transition.Limit,
            priority = transition.Priority.ToString().ToLowerInvariant(),
            kind = transition.Rule.Kind.ToString().ToLowerInvariant(),
            unverified = transition.Unverified,
            message = transition.Message,
            reason = transition.Reason,
        },
        JsonOptions);

    /// <summary>A field of a CSV file (RFC 4180): quoted where it has to be.</summary>
    public static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
