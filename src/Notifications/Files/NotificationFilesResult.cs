using System.Collections.Immutable;
using IoTGateway.Notifications.Plan;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Files;

/// <summary>What reading the two files gave.</summary>
/// <param name="Plan">Who is told of what; null if there is any error.</param>
/// <param name="Diagnostics">All errors and warnings, by file and place.</param>
public sealed record NotificationFilesResult(NotificationPlan? Plan, ImmutableArray<Diagnostic> Diagnostics);
