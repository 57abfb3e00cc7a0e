namespace IoTGateway.Rules.Checking;

/// <summary>Bounds the work of checks that try combinations, so that no rule file can make loading slow. What is beyond it is not checked.</summary>
internal sealed class AnalysisBudget
{
    private const double MostAtOnce = 200_000;

    private double _left = 3_000_000;

    /// <summary>Whether so much work may be done.</summary>
    /// <param name="work">Combinations times parts of the condition.</param>
    public bool TrySpend(double work)
    {
        if (work > MostAtOnce || work > _left)
        {
            return false;
        }

        _left -= work;
        return true;
    }
}
