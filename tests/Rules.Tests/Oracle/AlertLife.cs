namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>Where one alert of one patient is in its life. Levels count from 0, the least urgent; times are Unix ms.</summary>
internal sealed class AlertLife(int levels)
{
    /// <summary>Unknown stands for idle; never latched or ended.</summary>
    public AlertState State { get; set; }

    /// <summary>The level it is at while raised; else -1.</summary>
    public int Level { get; set; } = -1;

    /// <summary>Since when each level waits for its <c>for</c> to pass; null: it does not.</summary>
    public long?[] WaitsSince { get; set; } = new long?[levels];

    /// <summary>When idle was left.</summary>
    public long Since { get; set; }

    /// <summary>Since when it is clearing.</summary>
    public long? ClearingSince { get; set; }

    /// <summary>Since when the condition of its level is definitely false.</summary>
    public long? StepsDownSince { get; set; }

    public bool Unverified { get; set; }

    /// <summary>The alert that holds it back; empty where there is none.</summary>
    public string SuppressedBy { get; set; } = "";

    /// <summary>The level whose priority was told last.</summary>
    public int Told { get; set; }

    public bool IsIdle => State == AlertState.Unknown;

    public bool IsRaised => State is AlertState.Active or AlertState.Clearing;

    /// <summary>Reaches a level: its waiting and that of all below is over.</summary>
    public void Reach(int level)
    {
        State = AlertState.Active;
        Level = level;
        ClearingSince = null;
        StepsDownSince = null;
        Array.Clear(WaitsSince, 0, level + 1);
    }
}
