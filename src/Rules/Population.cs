namespace IoTGateway.Rules;

/// <summary>Whom a patient counts among. NEWS2, for example, is made for adults who are not pregnant (RCP 2017).</summary>
public enum Population
{
    /// <summary>Nobody has said.</summary>
    Unknown = 0,

    /// <summary>16 years or older, not pregnant.</summary>
    Adult = 1,

    /// <summary>Younger than 16 years.</summary>
    Child = 2,

    /// <summary>Pregnant.</summary>
    Pregnant = 3,
}
