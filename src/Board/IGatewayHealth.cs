namespace IoTGateway.Board;

/// <summary>What of the gateway works no more and comes back only by a restart, for whoever supervises it.</summary>
public interface IGatewayHealth
{
    /// <summary>What a restart is to bring back, in sentences without patient data; empty while all of it works.</summary>
    IReadOnlyList<string> Stopped { get; }

    /// <summary>What has stopped but is no reason to restart, since nobody is in danger and a restart might meet the same, in sentences.</summary>
    IReadOnlyList<string> Degraded { get; }

    /// <summary>Why people cannot rely on the gateway although all of it works, in sentences: <c>/readyz</c> fails by it, and no restart would mend it.</summary>
    IReadOnlyList<string> NotReady => [];
}
