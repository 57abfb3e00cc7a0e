namespace IoTGateway.Alerts.Ledger;

/// <summary>What the ledger does upon a transition of the engine.</summary>
internal enum LedgerStep
{
    /// <summary>Nothing happened that anybody has to know.</summary>
    Ignore = 0,

    /// <summary>A new episode begins in the state that was entered.</summary>
    Begin = 1,

    /// <summary>The episode goes on in the state that was entered.</summary>
    Enter = 2,

    /// <summary>The state stays; priority, values or flags may be others.</summary>
    Update = 3,

    /// <summary>The state stays; the rules evaluate it again.</summary>
    TakeUp = 4,

    /// <summary>The condition is over: latched where a person has to see it first, else ended.</summary>
    Finish = 5,
}
