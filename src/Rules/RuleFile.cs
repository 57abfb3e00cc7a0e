namespace IoTGateway.Rules;

/// <summary>A rule file as text; reading it is the caller's.</summary>
/// <param name="Name">The path shown in errors.</param>
/// <param name="Text">The content.</param>
public sealed record RuleFile(string Name, string Text);
