using System.Globalization;
using System.Text;
using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Evaluation;

/// <summary>What a rule set is for one patient: its limits, what stands in the place of which derived signal, and which rules are for it.</summary>
internal sealed class ResolvedProfile
{
    private readonly Dictionary<string, ResolvedLimit> _limits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UseOverride> _uses = new(StringComparer.Ordinal);
    private readonly PatientProfile _patient;

    /// <summary>Works it out.</summary>
    public ResolvedProfile(RuleSetDefinition definition, PatientProfile patient)
    {
        _patient = patient;
        foreach (var limit in definition.Limits)
        {
            _limits[limit.Name] = new ResolvedLimit(limit.Value, limit.Place.ToString());
        }

        // The least specific scope first; of one scope in the order of the files: what comes later stands above.
        foreach (var overriding in definition.Overrides.Where(overriding => Fits(overriding, patient)).OrderBy(overriding => overriding.Scope))
        {
            foreach (var limit in overriding.Limits)
            {
                _limits[limit.Limit] = new ResolvedLimit(limit.Value, $"{limit.Place}, {NameOf(overriding)}");
            }

            foreach (var use in overriding.Uses)
            {
                _uses[use.Derived] = use;
            }
        }

        foreach (var limit in patient.Limits)
        {
            if (Allows(definition, limit))
            {
                _limits[limit.Limit] = new ResolvedLimit(limit.Value, limit.Origin);
            }
        }
    }

    /// <summary>A limit.</summary>
    public ResolvedLimit LimitOf(string name) => _limits.TryGetValue(name, out var limit) ? limit : throw new InvalidOperationException(
        $"There is no limit '{name}' in a rule set that is said to be checked.");

    /// <summary>The derived signal that is computed where one is named.</summary>
    public string InPlaceOf(string name) => _uses.TryGetValue(name, out var use) ? use.Instead : name;

    /// <summary>What put another derived signal in the place of one; null: nothing did.</summary>
    public UseOverride? UseOf(string name) => _uses.GetValueOrDefault(name);

    /// <summary>Whether a rule is for the patient.</summary>
    public bool Applies(RuleDefinition rule) => rule.OnlyIn.Fits(_patient);

    /// <summary>Whether an override is for a patient.</summary>
    public static bool Fits(OverrideDefinition overriding, PatientProfile patient) => overriding.Scope switch
    {
        OverrideScope.Site => true,
        OverrideScope.Ward => overriding.Names.Contains(patient.Ward),
        _ => patient.HasAnyOf(overriding.Names),
    };

    /// <summary>
    /// A text that is the same for patients to whom the rule set means the same: which overrides and which rules are for them, and what people have set.
    /// </summary>
    /// <param name="definition">The rule set.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="scratch">Room for the text of one for whom nobody has set a limit; that is nearly everybody, so it costs no memory.</param>
    public static ReadOnlySpan<char> KeyOf(RuleSetDefinition definition, PatientProfile patient, Span<char> scratch)
    {
        var length = 0;
        foreach (var overriding in definition.Overrides)
        {
            scratch[length++] = Fits(overriding, patient) ? '1' : '0';
        }

        foreach (var rule in definition.Rules)
        {
            scratch[length++] = rule.OnlyIn.Fits(patient) ? '1' : '0';
        }

        return patient.Limits.IsEmpty ? scratch[..length] : string.Concat(scratch[..length], LimitsOf(definition, patient));
    }

    /// <summary>How much room <see cref="KeyOf"/> needs.</summary>
    public static int KeyLength(RuleSetDefinition definition) => definition.Overrides.Length + definition.Rules.Length;

    private static string LimitsOf(RuleSetDefinition definition, PatientProfile patient)
    {
        var key = new StringBuilder();

        // By the order of the names, since the order in which people set them means nothing.
        foreach (var limit in patient.Limits.OrderBy(limit => limit.Limit, StringComparer.Ordinal))
        {
            if (Allows(definition, limit))
            {
                key.Append(CultureInfo.InvariantCulture, $" {limit.Limit}={limit.Value:R}");
            }
        }

        return key.ToString();
    }

    private static bool Allows(RuleSetDefinition definition, PatientLimit limit)
    {
        foreach (var declared in definition.Limits)
        {
            if (declared.Name == limit.Limit)
            {
                return limit.Value >= declared.AllowedLow && limit.Value <= declared.AllowedHigh;
            }
        }

        return false;
    }

    private static string NameOf(OverrideDefinition overriding) => overriding.Scope switch
    {
        OverrideScope.Site => "for this site",
        OverrideScope.Ward => $"for ward {string.Join(", ", overriding.Names)}",
        _ => $"for tag {string.Join(", ", overriding.Names)}",
    };
}
