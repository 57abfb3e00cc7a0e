using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Alerts.Observations;
using IoTGateway.Alerts.Orders;
using IoTGateway.Board.Api.Replies;
using IoTGateway.Board.Api.Requests;
using IoTGateway.Board.Ports;
using IoTGateway.Board.View;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;
using IoTGateway.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Api;

/// <summary>What people measure and see: what no device sends.</summary>
internal static class ObservationsApi
{
    private const string Example = """{"patient":"p1","taken":"2026-11-22T22:14:05Z","values":[{"signal":"temp","value":"37.2"},{"signal":"avpu","value":"A"}],"by":"your name"}""";
    private const int ValuesMost = 20;
    private const string None = "This gateway takes no observations of people.";

    // What a nurse takes on a round, in the order of the chart (RCP 2017, chart 3); other signals are for devices.
    private static readonly string[] Asked = ["rr", "spo2", "o2", "sbp", "dbp", "hr", "avpu", "temp"];

    /// <summary><c>GET /api/signals</c></summary>
    public static IResult Signals(HttpContext context)
    {
        var signals = CatalogueOf(context).Signals.Where(signal => !signal.OfDevice).Select(signal => new SignalReply(
            signal.Id,
            signal.Name,
            ValueReading.UnitOf(signal),
            signal.Form switch { SignalForm.Letter => "letter", SignalForm.Switch => "switch", _ => "number" },
            signal.Form == SignalForm.Letter ? signal.Letters : null,
            signal.Decimals,
            double.IsFinite(signal.PlausibleLow) ? signal.PlausibleLow : null,
            double.IsFinite(signal.PlausibleHigh) ? signal.PlausibleHigh : null,
            Asked.Contains(signal.Id)));
        return TypedResults.Json(new SignalsReply([.. signals]), BoardJson.Default.SignalsReply);
    }

    /// <summary><c>GET /api/patients/{id}/observations</c></summary>
    public static IResult Of(string id, HttpContext context)
    {
        if (context.RequestServices.GetService<IObservations>() is not { } observations)
        {
            return OrderResults.Missing(None);
        }

        var (patient, catalogue) = (RequestText.Unescape(id), CatalogueOf(context));
        return TypedResults.Json(
            new ObservationsReply(patient, [.. observations.Of(patient).Select(observation => Reply(observation, catalogue))]), BoardJson.Default.ObservationsReply);
    }

    /// <summary><c>POST /api/observations</c></summary>
    public static Task<IResult> RecordAsync(HttpContext context, TimeProvider clock) =>
        EnterAsync(context, clock, (said, _) => (said.Patient ?? "").Trim(), (observations, entry, _, by, cancellation) => observations.RecordAsync(entry, by, cancellation));

    /// <summary><c>POST /api/observations/{id}/correct</c></summary>
    public static Task<IResult> CorrectAsync(string id, HttpContext context, TimeProvider clock) =>
        EnterAsync(
            context,
            clock,
            (said, saying) =>
            {
                saying.Number(said.Revision, "revision", 1, int.MaxValue);
                return (said.Patient ?? "").Trim();
            },
            (observations, entry, said, by, cancellation) => observations.CorrectAsync(RequestText.Unescape(id), said.Revision!.Value, entry, by, cancellation));

    /// <summary><c>POST /api/observations/{id}/retract</c></summary>
    public static async Task<IResult> RetractAsync(string id, HttpContext context)
    {
        if (context.RequestServices.GetService<IObservations>() is not { } observations)
        {
            return OrderResults.Missing(None);
        }

        var (said, refused) = await RequestBody.ReadAsync(
            context.Request, BoardJson.Default.RetractRequest, """{"revision":1,"reason":"wrong patient","by":"your name"}""", context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        var revision = saying.Number(said.Revision, "revision", 1, int.MaxValue);
        var reason = saying.Needed(said.Reason, "reason", "Give a reason: 'reason' is a text of 1 to 500 characters on one line.");
        var by = saying.Person(said.By);
        return saying.Wrong is { } wrong
            ? RequestText.Bad(wrong)
            : await OrderResults.RunAsync(
                context, async cancellation => Answer(await observations.RetractAsync(RequestText.Unescape(id), revision, reason, by, cancellation), CatalogueOf(context)));
    }

    /// <summary>The signals of the rules in force; those shipped with the gateway where nobody says.</summary>
    public static SignalCatalogue CatalogueOf(HttpContext context) => context.RequestServices.GetService<IRuleDesk>()?.Catalogue ?? ShippedRules.SignalCatalogue;

    private static async Task<IResult> EnterAsync(
        HttpContext context,
        TimeProvider clock,
        Func<ObservationRequest, Saying, string> patientOf,
        Func<IObservations, ObservationEntry, ObservationRequest, string, CancellationToken, Task<ObservationAnswer>> enter)
    {
        if (context.RequestServices.GetService<IObservations>() is not { } observations)
        {
            return OrderResults.Missing(None);
        }

        var (said, refused) = await RequestBody.ReadAsync(context.Request, BoardJson.Default.ObservationRequest, Example, context.RequestAborted);
        if (said is null)
        {
            return refused!;
        }

        var saying = new Saying();
        var catalogue = CatalogueOf(context);
        var patient = saying.Needed(patientOf(said, saying), "patient", "Say whom it is about: 'patient' is the patient's id.", 200);
        var entry = new ObservationEntry(
            patient, saying.Time(said.Taken, "taken", Instant.Now(clock)), Values(said.Values ?? [], catalogue, saying), saying.Text(said.Note, "note"));
        var by = saying.Person(said.By);
        return saying.Wrong is { } wrong
            ? RequestText.Bad(wrong)
            : await OrderResults.RunAsync(context, async cancellation => Answer(await enter(observations, entry, said, by, cancellation), catalogue));
    }

    private static ImmutableArray<ObservedValue> Values(IReadOnlyList<ObservedValueRequest> said, SignalCatalogue catalogue, Saying saying)
    {
        saying.Check(said.Count is > 0 and <= ValuesMost, $"Give 1 to {ValuesMost} values: {{\"signal\":\"temp\",\"value\":\"37.2\"}}.");
        var values = ImmutableArray.CreateBuilder<ObservedValue>();
        foreach (var each in said.Take(ValuesMost))
        {
            if (catalogue.Find(each.Signal ?? "") is not { } signal)
            {
                saying.Check(false, $"There is no signal '{each.Signal}'.");
                continue;
            }

            var value = Value(signal, (each.Value ?? "").Trim());
            saying.Check(value is not null, signal.Form switch
            {
                SignalForm.Letter => $"{signal.Name} is one of the letters {string.Join(", ", signal.Letters.ToCharArray())}, not '{each.Value}'.",
                SignalForm.Switch => $"{signal.Name} is \"on\", \"off\" or a number, not '{each.Value}'.",
                _ => $"{signal.Name} is a number with a point, for example 37.2, not '{each.Value}'.",
            });
            values.Add(new ObservedValue(signal.Id, value ?? 0));
        }

        saying.Check(values.Select(value => value.Signal).Distinct(StringComparer.Ordinal).Count() == values.Count, "Each signal may be there once.");
        return values.DrainToImmutable();
    }

    private static double? Value(Signal signal, string text) => (signal.Form, text) switch
    {
        (SignalForm.Letter, { Length: 1 }) when signal.Letters.Contains(char.ToUpperInvariant(text[0]), StringComparison.Ordinal) => char.ToUpperInvariant(text[0]),
        (SignalForm.Letter, _) => null,
        (SignalForm.Switch, "on") => 1,
        (SignalForm.Switch, "off") => 0,
        _ => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
    };

    private static IResult Answer(ObservationAnswer answer, SignalCatalogue catalogue) => answer.Outcome == OrderOutcome.Done
        ? TypedResults.Json(
            new ObservationAnswerReply("done", answer.Sentence, answer.Observation is { } observation ? Reply(observation, catalogue) : null), BoardJson.Default.ObservationAnswerReply)
        : OrderResults.Refused(answer.Outcome, answer.Sentence);

    private static ObservationReply Reply(Observation observation, SignalCatalogue catalogue) => new(
        observation.Id,
        observation.Patient,
        observation.Taken.ToString(),
        observation.By,
        [.. observation.Values.Select(value => Reply(value, catalogue))],
        observation.Note.Length == 0 ? null : observation.Note,
        observation.Revision,
        observation.Recorded.ToString(),
        observation.Retracted);

    private static ObservedValueReply Reply(ObservedValue value, SignalCatalogue catalogue) => catalogue.Find(value.Signal) is { } signal
        ? new ObservedValueReply(signal.Id, signal.Name, ValueReading.TextOf(signal, value.Value), ValueReading.UnitOf(signal))
        : new ObservedValueReply(value.Signal, value.Signal, value.Value.ToString(CultureInfo.InvariantCulture), "");
}
