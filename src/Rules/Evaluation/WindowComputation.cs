using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>What is asked of a window. <c>rise</c> and <c>fall</c> compare it with the present value.</summary>
internal sealed class WindowComputation : Computation
{
    private const double Thousandths = 1000;

    private readonly WindowFunction _function;
    private readonly int _window;
    private readonly int _signal;

    /// <summary>Takes the function and where the window and its signal are.</summary>
    public WindowComputation(WindowFunction function, int window, int signal)
    {
        _function = function;
        _window = window;
        _signal = signal;
        if (LooksAtPresent)
        {
            Reads.Exact(signal);
        }
    }

    private bool LooksAtPresent => _function is WindowFunction.Rise or WindowFunction.Fall;

    /// <inheritdoc/>
    public override Interval Compute(in Frame frame, out bool questionable)
    {
        ref readonly var window = ref frame.Window(_window);
        var value = _function switch
        {
            WindowFunction.Average => window.Count > 0 ? window.Total / window.Count / Thousandths : double.NaN,
            WindowFunction.Count => window.Count,
            WindowFunction.Rise => frame.Signal(_signal).Present - window.Total,
            WindowFunction.Fall => window.Total - frame.Signal(_signal).Present,
            _ => window.Total,
        };
        questionable = LooksAtPresent && !double.IsNaN(value) && frame.Signal(_signal).Quality == Readings.Quality.Questionable;
        return Interval.Of(value);
    }
}
