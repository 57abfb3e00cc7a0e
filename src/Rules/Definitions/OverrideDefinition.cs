using System.Collections.Immutable;

namespace IoTGateway.Rules.Definitions;

/// <summary>
/// Other limits, or other derived signals, for some patients. Of several that fit a patient the most specific scope wins; of one scope the one
/// that stands last in the files. What a person sets for one patient (see <see cref="PatientLimit"/>) stands above all of them.
/// </summary>
/// <param name="Scope">What <paramref name="Names"/> are names of.</param>
/// <param name="Names">The wards or tags it is for, any of them; empty for <see cref="OverrideScope.Site"/>.</param>
/// <param name="Limits">The limits it sets, by name.</param>
/// <param name="Uses">Derived signals by name, with the one that takes each one's place.</param>
/// <param name="Place">Where it is declared.</param>
internal sealed record OverrideDefinition(
    OverrideScope Scope,
    ImmutableArray<string> Names,
    ImmutableArray<LimitOverride> Limits,
    ImmutableArray<UseOverride> Uses,
    Place Place);
