namespace IoTGateway.Rules.Backtesting;

/// <summary>A patient of a recording.</summary>
/// <param name="Name">The patient's id.</param>
/// <param name="Ward">The ward as the recording says it first; empty where it does not.</param>
internal readonly record struct RecordedPatient(string Name, string Ward);
