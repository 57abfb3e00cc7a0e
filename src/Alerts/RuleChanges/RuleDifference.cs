namespace IoTGateway.Alerts;

/// <summary>What is different about one rule.</summary>
/// <param name="Rule">Its name; of a renamed one the new name.</param>
/// <param name="IsRemoved">Whether nobody is warned by it any more: it is gone, or only tried from now on.</param>
/// <param name="Words">What is different, for example "for 15 s -> 10 s".</param>
public sealed record RuleDifference(string Rule, bool IsRemoved, string Words);
