namespace IoTGateway.FirmwareSim.Commands;

/// <summary>Where the command line writes to, and its clock; tests hand in their own.</summary>
/// <param name="Output">Progress and results.</param>
/// <param name="Error">What went wrong and what to do about it.</param>
/// <param name="IsInteractive">Whether the output is a terminal that can show a progress bar.</param>
/// <param name="Clock">The clock.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive, TimeProvider Clock);
