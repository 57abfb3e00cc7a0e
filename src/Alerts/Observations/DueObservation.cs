using IoTGateway.Readings;

namespace IoTGateway.Alerts.Observations;

/// <summary>Something that a score of a patient needs and no device of the patient sends: somebody has to look.</summary>
/// <param name="Signal">What is to be observed.</param>
/// <param name="LastTaken">When it was known last; null if it never was.</param>
/// <param name="DueAt">From when on the score is incomplete without a new value; null where it is incomplete since the patient was admitted.</param>
public sealed record DueObservation(Signal Signal, Instant? LastTaken, Instant? DueAt);
