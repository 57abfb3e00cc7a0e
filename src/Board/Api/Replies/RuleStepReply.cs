namespace IoTGateway.Board.Api.Replies;

/// <summary>A step in the life of rule sets.</summary>
/// <param name="Version">The version of the set; empty where none is meant.</param>
/// <param name="Step">"inForce", "waits", "approved", "refused", "rolledBack", "filesInvalid" or "filesValid".</param>
/// <param name="At">When, ISO 8601 in UTC; absent in old records.</param>
/// <param name="By">Who decided; empty for the gateway.</param>
/// <param name="Why">Why, in words, and what was expected to become of the alerts.</param>
/// <param name="InForce">Whether this is the set in force.</param>
/// <param name="HasFiles">Whether its files can be looked at.</param>
internal sealed record RuleStepReply(string Version, string Step, string? At, string By, string Why, bool InForce, bool HasFiles);
