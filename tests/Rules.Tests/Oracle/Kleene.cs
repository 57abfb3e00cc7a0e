using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>Logic of three values, with null for unknown; and comparisons of intervals.</summary>
internal static class Kleene
{
    public static bool? Not(bool? value) => !value;

    public static bool? And(bool? left, bool? right) => left == false || right == false ? false : left is null || right is null ? null : true;

    public static bool? Or(bool? left, bool? right) => Not(And(Not(left), Not(right)));

    public static bool? AtLeast(int least, IReadOnlyCollection<bool?> truths) =>
        truths.Count(truth => truth == true) >= least ? true
        : truths.Count(truth => truth != false) < least ? false
        : null;

    /// <summary>True if it holds for all pairs of numbers of the two, false if for none.</summary>
    public static bool? Compare(ComparisonSign sign, Interval? left, Interval? right)
    {
        if (left is not { } x || right is not { } y)
        {
            return null;
        }

        return sign switch
        {
            ComparisonSign.Less => x.High < y.Low ? true : x.Low >= y.High ? false : null,
            ComparisonSign.AtMost => x.High <= y.Low ? true : x.Low > y.High ? false : null,
            ComparisonSign.Greater => Compare(ComparisonSign.Less, y, x),
            ComparisonSign.AtLeast => Compare(ComparisonSign.AtMost, y, x),
            ComparisonSign.Equal => x.High < y.Low || y.High < x.Low ? false : x.IsPoint && y.IsPoint ? true : null,
            _ => Not(Compare(ComparisonSign.Equal, x, y)),
        };
    }
}
