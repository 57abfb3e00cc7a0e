using System.Collections.Immutable;

namespace IoTGateway.Notifications.Plan;

/// <summary>Somebody, or the telephone somebody carries, that can be told.</summary>
/// <param name="Id">The name by which the files mean it.</param>
/// <param name="Name">The name shown to people.</param>
/// <param name="Channels">The ways to reach it, the first one tried first; at least one.</param>
/// <param name="Backup">The <see cref="Id"/> of whoever is told where none of them works; null for nobody.</param>
public sealed record Person(string Id, string Name, ImmutableArray<PersonChannel> Channels, string? Backup);
