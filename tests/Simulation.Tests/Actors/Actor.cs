namespace IoTGateway.Simulation.Tests.Actors;

/// <summary>Somebody who uses the gateway. Lives on over its crashes.</summary>
internal abstract class Actor
{
    /// <summary>The gateway has started: connects to it anew. What it knew of the one before is of no use.</summary>
    public abstract void Begin(Life life);

    /// <summary>Does one thing.</summary>
    public abstract void Act(Life life, Random random);

    /// <summary>Does whatever is left to be done, without beginning anything new; false when nothing is left.</summary>
    public abstract bool Finish(Life life);
}
