namespace IoTGateway.Rules.Evaluation;

/// <summary>What can be made of truth values.</summary>
internal static class Truths
{
    /// <summary>The opposite; the opposite of unknown is unknown.</summary>
    public static Truth Opposite(this Truth truth) => (Truth)((int)Truth.True - (int)truth);
}
