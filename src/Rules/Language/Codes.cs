namespace IoTGateway.Rules.Language;

/// <summary>The permanent codes of what can be wrong in a rule file. A number is never given a second meaning.</summary>
internal static class Codes
{
    /// <summary>The file is not YAML.</summary>
    public const string Yaml = "R001";

    /// <summary>A line is indented with tabs.</summary>
    public const string Tab = "R002";

    /// <summary>A file, a list or an expression is larger than allowed.</summary>
    public const string TooLarge = "R003";

    /// <summary>YAML features that rule files do not need: anchors, aliases, tags, several documents.</summary>
    public const string YamlFeature = "R004";

    /// <summary>A key stands twice.</summary>
    public const string DuplicateKey = "R005";

    /// <summary>A mapping, a list or a text was expected, and something else stands there.</summary>
    public const string Shape = "R006";

    /// <summary>The language version is absent or unknown.</summary>
    public const string Version = "R007";

    /// <summary>An expression cannot be read.</summary>
    public const string Syntax = "R010";

    /// <summary>A sign that the language does not have.</summary>
    public const string Character = "R011";

    /// <summary>Chained comparisons.</summary>
    public const string Chained = "R012";

    /// <summary>A number where a condition is wanted, or the other way round.</summary>
    public const string Type = "R013";

    /// <summary>A comparison that the signal's form does not allow.</summary>
    public const string Form = "R014";

    /// <summary>Not a number.</summary>
    public const string Number = "R020";

    /// <summary>A duration without its unit, or no duration at all.</summary>
    public const string Duration = "R021";

    /// <summary>A unit that does not fit.</summary>
    public const string Unit = "R022";

    /// <summary>A range that cannot be read or is empty.</summary>
    public const string Range = "R023";

    /// <summary>A limit outside the range it may be set to.</summary>
    public const string OutsideAllowed = "R024";

    /// <summary>A value that is none of those possible here.</summary>
    public const string Choice = "R025";

    /// <summary>A name that is not well-formed.</summary>
    public const string Name = "R030";

    /// <summary>A name that is used twice.</summary>
    public const string DuplicateName = "R031";

    /// <summary>A name that nobody declared.</summary>
    public const string UnknownName = "R040";

    /// <summary>A test that the signal cannot answer.</summary>
    public const string Impossible = "R041";

    /// <summary>Derived signals that need each other.</summary>
    public const string Cycle = "R042";

    /// <summary>A condition that looks at no signal.</summary>
    public const string NoSignal = "R043";

    /// <summary>Two things of a file that cannot be meant together.</summary>
    public const string Contradiction = "R044";

    /// <summary>Bands of a score table that leave something out or say something twice.</summary>
    public const string Bands = "R045";

    /// <summary>Alerts that wait for each other.</summary>
    public const string AlertCycle = "R046";

    /// <summary>A rule on how fast something changes which nothing ends but the time that passes.</summary>
    public const string ClearNeeded = "R047";

    /// <summary>A key that does not exist here.</summary>
    public const string UnknownKey = "R050";

    /// <summary>A key that has to be there.</summary>
    public const string MissingKey = "R051";

    /// <summary>Two alerts of one name, or of one name in topics.</summary>
    public const string DuplicateAlert = "R052";

    /// <summary>An alert that no rule raises.</summary>
    public const string UnknownAlert = "R053";

    /// <summary>No file, or nothing that watches the patient.</summary>
    public const string NothingWatched = "R060";

    /// <summary>Warning: the number lies outside what the signal can plausibly be.</summary>
    public const string Implausible = "R070";

    /// <summary>Warning: the file does not say for whom it is.</summary>
    public const string Population = "R071";

    /// <summary>Warning: a condition that no value makes true.</summary>
    public const string NeverTrue = "R072";

    /// <summary>Warning: a condition that no value makes false.</summary>
    public const string AlwaysTrue = "R073";

    /// <summary>Warning: <c>when</c> and <c>clear when</c> hold together.</summary>
    public const string Overlap = "R074";

    /// <summary>Warning: an override that changes nothing.</summary>
    public const string SameAsDefault = "R075";

    /// <summary>Warning: two overrides that fit one patient and set one thing differently.</summary>
    public const string OverrideConflict = "R076";

    /// <summary>Warning: a rule or a level that another one is always ahead of.</summary>
    public const string Shadowed = "R077";

    /// <summary>Warning: a rule of high priority that no scenario expects.</summary>
    public const string NotTested = "R078";

    /// <summary>Warning: a more urgent alert is held back by a less urgent one.</summary>
    public const string SuppressedByLesser = "R079";

    /// <summary>A row of a recording that cannot be read.</summary>
    public const string Row = "R080";

    /// <summary>Warning: a role that is probably misspelt.</summary>
    public const string SimilarRole = "R081";

    /// <summary>Warning: a shipped signal is declared with less than is known of it.</summary>
    public const string LessThanShipped = "R082";

    /// <summary>A part of the language that was not built yet; no longer given.</summary>
    public const string NotSupported = "R090";
}
