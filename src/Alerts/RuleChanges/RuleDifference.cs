namespace IoTGateway.Alerts;

/// <summary>What is different about one rule, or about something that rules rest on.</summary>
/// <param name="Subject">The rule's name; of a renamed one the new name. Or a limit, an override, a signal, a file: "limit spo2_low".</param>
/// <param name="IsRemoved">Whether it is a rule by which nobody is warned any more: it is gone, or only tried from now on.</param>
/// <param name="Words">What is different, for example "for 15 s -> 10 s".</param>
public sealed record RuleDifference(string Subject, bool IsRemoved, string Words);
