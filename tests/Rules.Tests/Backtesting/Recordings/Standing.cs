namespace IoTGateway.Rules.Tests.Backtesting.Recordings;

/// <summary>An alert of one patient that stands at one level, active or clearing; times are milliseconds of the recording.</summary>
/// <param name="Patient">The patient's place in the recording.</param>
/// <param name="Rule">Which alert.</param>
/// <param name="Priority">The level.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when.</param>
internal sealed record Standing(int Patient, AlertRule Rule, AlertPriority Priority, long From, long To);
