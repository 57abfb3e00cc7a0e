using System.Collections.Immutable;

namespace IoTGateway.Rules;

/// <summary>What is different about something that rules rest on: a limit, an override, a derived signal, a signal.</summary>
/// <param name="Subject">What it is, for example "limit spo2_low".</param>
/// <param name="Words">What is different, for example "90 -&gt; 88 (used by SpO2 low)".</param>
/// <param name="Files">The files in which it stands or stood.</param>
public sealed record SettingChange(string Subject, string Words, ImmutableArray<string> Files);
