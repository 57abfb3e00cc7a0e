using IoTGateway.Alerts.Orders;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Observations;

/// <summary>The answer to who entered, corrected or took back an observation.</summary>
/// <param name="Outcome">In one word; <see cref="OrderOutcome.Refused"/> where a value is impossible.</param>
/// <param name="Sentence">For the person: what was done, or what is wrong with which value.</param>
/// <param name="Observation">The observation as it stands now; null where there is none.</param>
public sealed record ObservationAnswer(OrderOutcome Outcome, string Sentence, Observation? Observation);
