namespace IoTGateway.Board.Api.Replies;

/// <summary>What rule files would have done in the last hours.</summary>
/// <param name="Hours">How many hours.</param>
/// <param name="Patients">How many patients.</param>
/// <param name="PatientDays">Their recorded time, in days.</param>
/// <param name="Before">How often the rules in force raised an alert.</param>
/// <param name="After">How often these would have.</param>
/// <param name="Rules">By alert.</param>
/// <param name="Lost">How many alerts of 60 s and longer would not be raised any more.</param>
internal sealed record BacktestReply(int Hours, int Patients, double PatientDays, int Before, int After, IReadOnlyList<BacktestRowReply> Rules, int Lost);
