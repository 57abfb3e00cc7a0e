namespace IoTGateway.Census;

/// <summary>The permanent codes of what can be wrong in a census file.</summary>
internal static class CensusCodes
{
    /// <summary>The file is no YAML.</summary>
    public const string NotYaml = "C001";

    /// <summary>A part of YAML that is refused: anchors, aliases, tags, several documents, too deep, too large.</summary>
    public const string RefusedYaml = "C002";

    /// <summary>A text stands where a list should, or the like.</summary>
    public const string WrongShape = "C003";

    /// <summary>A key nobody knows.</summary>
    public const string UnknownKey = "C004";

    /// <summary>A key stands twice.</summary>
    public const string RepeatedKey = "C005";

    /// <summary>A key that must be there is not.</summary>
    public const string MissingKey = "C006";

    /// <summary>A version of the form that is not known.</summary>
    public const string UnknownVersion = "C007";

    /// <summary>A name that cannot stand in a topic.</summary>
    public const string BadName = "C008";

    /// <summary>A ward, bed, patient or device stands twice.</summary>
    public const string Twice = "C009";

    /// <summary>A signal nobody knows.</summary>
    public const string UnknownSignal = "C010";

    /// <summary>A warning: a patient of whom nothing is expected.</summary>
    public const string NothingMonitored = "C011";

    /// <summary>A warning: a word stands twice in a list.</summary>
    public const string RepeatedWord = "C012";

    /// <summary>A word that is none of those that may stand there.</summary>
    public const string UnknownWord = "C013";

    /// <summary>A signal that tells of a device, where one of a patient is wanted.</summary>
    public const string NotOfPatient = "C014";

    /// <summary>More is wrong than is shown.</summary>
    public const string TooMany = "C099";
}
