using System.Collections.Immutable;

namespace IoTGateway.Notifications.Plan;

/// <summary>Who has which role for some hours of the week.</summary>
/// <param name="Name">Its name; empty for none.</param>
/// <param name="Times">The hours.</param>
/// <param name="Roles">The persons, by their <see cref="Person.Id"/>, of each role; each at least one.</param>
public sealed record Shift(string Name, WeekTimes Times, ImmutableSortedDictionary<string, ImmutableArray<string>> Roles);
