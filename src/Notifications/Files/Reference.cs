using IoTGateway.Rules.Files;

namespace IoTGateway.Notifications.Files;

/// <summary>A name in one place of the files that has to be declared in another.</summary>
/// <param name="Node">Where it stands.</param>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it is a name of.</param>
/// <param name="Owner">Who names it; of a person's backup, the person.</param>
internal sealed record Reference(ConfigNode Node, string Name, ReferenceKind Kind, string Owner = "");
