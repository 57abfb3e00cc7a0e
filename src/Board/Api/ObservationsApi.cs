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
    private const int PatientLengthMost = 200;
    private const string PatientSentence = "Say whom it is about: 'patient' is the patient's id.";
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

        var catalogue = CatalogueOf(context);
        return TypedResults.Json(
            new ObservationsReply(id, [.. observations.Of(id).Select(observation => Reply(observation, catalogue))]), BoardJson.Default.ObservationsReply);
    }

    /// <summary><c>POST /api/observations</c></summary>
    public static Task<IResult> RecordAsync(HttpContext context) => EnterAsync(
        context,
        (said, saying) => saying.Needed(said.Patient, "patient", PatientSentence, PatientLengthMost),
        (observations, entry, _, by, cancellation) => observations.RecordAsync(entry, by, cancellation));

    /// <summary><c>POST /api/observations/{id}/correct</c>: what is left out stays as it was, except the values, which are all given anew.</summary>
    public static Task<IResult> CorrectAsync(string id, HttpContext context) => EnterAsync(
        context,
        (said, saying) =>
        {
            saying.Number(said.Revision, "revision", 1, int.MaxValue);
            return said.Patient is null ? null : saying.Needed(said.Patient, "patient", PatientSentence, PatientLengthMost);
        },
        (observations, entry, said, by, cancellation) => observations.CorrectAsync(id, said.Revision!.Value, entry, by, cancellation));

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
                context, async cancellation => Answer(await observations.RetractAsync(id, revision, reason, by, cancellation), CatalogueOf(context)));
    }

    /// <summary>The signals of the rules in force; those shipped with the gateway where nobody says.</summary>
    public static SignalCatalogue CatalogueOf(HttpContext context) => context.RequestServices.GetService<IRuleDesk>()?.Catalogue ?? ShippedRules.SignalCatalogue;

    private static async Task<IResult> EnterAsync(
        HttpContext context,
        Func<ObservationRequest, Saying, string?> patientOf,
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
        var entry = new ObservationEntry(
            patientOf(said, saying),
            string.IsNullOrWhiteSpace(said.Taken) ? null : saying.Time(said.Taken, "taken", Instant.MinValue),
            Values(said.Values ?? [], CatalogueOf(context), saying),
            said.Note is null ? null : saying.Text(said.Note, "note"));
        var by = saying.Person(said.By);
        return saying.Wrong is { } wrong
            ? RequestText.Bad(wrong)
            : await OrderResults.RunAsync(context, async cancellation => Answer(await enter(observations, entry, said, by, cancellation), CatalogueOf(context)));
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

            var value = ObservedSignal.Parse(signal, each.Value ?? "");
            saying.Check(value is { } number && double.IsFinite(number), signal.Form switch
            {
                SignalForm.Letter => $"{signal.Name} is one of the letters {string.Join(", ", signal.Letters.ToCharArray())}, not '{each.Value}'.",
                SignalForm.Switch => $"{signal.Name} is \"on\", \"off\" or a number, not '{each.Value}'.",
                _ => $"{signal.Name} is a number{(signal.IsScale ? ", for example 14" : " with a point, for example 37.2")}, not '{each.Value}'.",
            });
            saying.Check(value is null || !signal.IsScale || value == Math.Truncate(value.Value), $"{signal.Name} counts whole points: it cannot be '{each.Value}'.");
            values.Add(new ObservedValue(signal.Id, value ?? 0));
        }

        saying.Check(values.Select(value => value.Signal).Distinct(StringComparer.Ordinal).Count() == values.Count, "Each signal may be there once.");
        return values.DrainToImmutable();
    }

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
        ? ReplyOf(signal, ValueReading.Given(signal, value.Value))
        : new ObservedValueReply(value.Signal, value.Signal, value.Value.ToString(CultureInfo.InvariantCulture), "");

    private static ObservedValueReply ReplyOf(Signal signal, (string Text, string Unit) given) => new(signal.Id, signal.Name, given.Text, given.Unit);
}
