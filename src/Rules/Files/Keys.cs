namespace IoTGateway.Rules.Files;

/// <summary>The keys that rule files can have. <c>rules/rules.schema.json</c> lists the same ones; a test compares the two.</summary>
internal static class Keys
{
    /// <summary>Of a file.</summary>
    public static readonly string[] File = ["version", "population", "signals", "limits", "overrides", "derive", "rules"];

    /// <summary>Of a signal.</summary>
    public static readonly string[] Signal =
    [
        "name", "unit", "shown as", "loinc", "mdc", "form", "letters", "of", "plausible", "no value", "missing after",
        "valid for", "decimals", "aliases", "sensor off",
    ];

    /// <summary>Of a limit.</summary>
    public static readonly string[] Limit = ["value", "allowed"];

    /// <summary>Of an override.</summary>
    public static readonly string[] Override = ["for", "limits", "use"];

    /// <summary>Of what an override is for, where it is not <c>site</c>.</summary>
    public static readonly string[] OverrideFor = ["ward", "tag"];

    /// <summary>Of a derived signal.</summary>
    public static readonly string[] Derived = ["value", "score", "add", "round", "valid for", "name", "unit", "decimals"];

    /// <summary>Of a rule.</summary>
    public static readonly string[] Rule =
    [
        "alert", "was", "kind", "only in", "shadow", "when", "for", "priority", "levels", "clear when", "clear after", "latch", "suppresses", "suppressed by",
        "escalate", "re-alarm after", "breaks pause", "message",
    ];

    /// <summary>The levels of an alert, the least urgent first.</summary>
    public static readonly string[] Levels = ["low", "medium", "high"];

    /// <summary>Of a level.</summary>
    public static readonly string[] Level = ["when", "for", "message"];

    /// <summary>Of a stage of escalation.</summary>
    public static readonly string[] Stage = ["not acknowledged in", "notify"];

    /// <summary>Of <c>only in</c>.</summary>
    public static readonly string[] OnlyIn = ["ward", "tag", "population"];

    /// <summary>The words for populations of patients.</summary>
    public static readonly string[] Populations = ["unknown", "adults", "children", "pregnant"];
}
