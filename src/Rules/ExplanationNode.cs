using System.Collections.Immutable;

namespace IoTGateway.Rules;

/// <summary>A part of a condition with what it is at present.</summary>
/// <param name="Text">The part as written, for example <c>spo2 &lt; limit spo2_low</c>, or what it is: "high: spo2 &lt; 80 for 3 s".</param>
/// <param name="Value">What it amounts to: <c>true</c>, <c>false</c>, <c>unknown</c>, or a number with its unit.</param>
/// <param name="Origin">
/// Where it comes from: of a limit the file and line, or who set it; of a signal how old its value is and whether it is questionable; else empty.
/// </param>
/// <param name="Parts">What it is made of.</param>
public sealed record ExplanationNode(string Text, string Value, string Origin, ImmutableArray<ExplanationNode> Parts);
