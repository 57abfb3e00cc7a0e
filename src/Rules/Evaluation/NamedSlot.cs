namespace IoTGateway.Rules.Evaluation;

/// <summary>A signal or derived signal that expressions may name.</summary>
/// <param name="Slot">Its place in the patient's state.</param>
/// <param name="Info">What the engine knows of it.</param>
/// <param name="Display">How its value is written.</param>
/// <param name="Unit">Its UCUM unit; empty where it has none.</param>
/// <param name="Canonical">What it stands for when rules are compared: its id, or a derived signal's expression.</param>
internal sealed record NamedSlot(int Slot, SlotInfo Info, Display Display, string Unit, string Canonical);
