namespace IoTGateway.Tests.Support.Mutants;

/// <summary>A mistake that could have been made: one edit of the product's code that a test must catch.</summary>
/// <param name="Name">The mistake in words.</param>
/// <param name="File">The file, from the repository's root.</param>
/// <param name="Original">Text that stands in the file exactly once.</param>
/// <param name="Replacement">What the mistake makes of it.</param>
internal sealed record Mutant(string Name, string File, string Original, string Replacement);
