namespace IoTGateway.Notifications.Records;

/// <summary>The JSON of a step of an escalation.</summary>
internal sealed class StepBody
{
    public int V { get; init; }

    public string Form { get; init; } = "";

    public string Episode { get; init; } = "";

    public string Ward { get; init; } = "";

    public string Patient { get; init; } = "";

    public long Call { get; init; }

    public long Raise { get; init; }

    public long Since { get; init; }

    public StageBody[] Stages { get; init; } = [];

    public int Reached { get; init; }

    public long ReachedAt { get; init; }

    public int Repeats { get; init; }

    public bool TellWhenOver { get; init; }

    public bool OverTold { get; init; }

    public bool? TellsNobody { get; init; }

    public long At { get; init; }

    public string Why { get; init; } = "";
}
