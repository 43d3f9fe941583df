namespace Breakwater.Revaluation;

/// <summary>An expiry of options, one margin horizon, and where its two times lie among the slices.</summary>
internal readonly ref struct ExpiryTimes
{
    /// <summary>Works out the places.</summary>
    /// <param name="plan">The expiry.</param>
    /// <param name="advanced">Its advanced time.</param>
    /// <param name="sliceYears">[slice] time to expiry, years, strictly rising.</param>
    internal ExpiryTimes(ExpiryPlan plan, in ExpiryTime advanced, ReadOnlySpan<double> sliceYears)
    {
        Plan = plan;
        Advanced = advanced;
        Years = sliceYears;
        FrozenPlace = SlicePlace.Of(sliceYears, plan.Frozen.RemainingYears);
        AdvancedPlace = advanced.IsSettled ? default : SlicePlace.Of(sliceYears, advanced.RemainingYears);
        HasOneMove = plan.HasOneMove(advanced);
    }

    internal ExpiryPlan Plan { get; }

    internal ExpiryTime Advanced { get; }

    internal ReadOnlySpan<double> Years { get; }

    internal SlicePlace FrozenPlace { get; }

    internal SlicePlace AdvancedPlace { get; }

    /// <summary>Whether the forward moves alike in both times, in every scenario.</summary>
    internal bool HasOneMove { get; }
}

/// <summary>How far the forward of one expiry moves in a run of scenarios; whole cells of scenarios.</summary>
/// <param name="frozen">[scenario] ln(F'/F) in frozen time.</param>
/// <param name="advanced">[scenario] the same in advanced time.</param>
/// <param name="sticks">[scenario] what sticky strikes add to k'.</param>
internal readonly ref struct LogMoves(
    ReadOnlySpan<double> frozen, ReadOnlySpan<double> advanced, ReadOnlySpan<double> sticks)
{
    internal ReadOnlySpan<double> Frozen { get; } = frozen;

    internal ReadOnlySpan<double> Advanced { get; } = advanced;

    internal ReadOnlySpan<double> Sticks { get; } = sticks;
}

/// <summary>Lines of every option of one expiry: [leg × time × scenario], whole cells of scenarios.</summary>
/// <param name="logMoneyness">ln(K/forward).</param>
/// <param name="deviations">Total standard deviation; 0 once settled.</param>
/// <param name="stride">Scenarios of a line, in whole cells.</param>
internal readonly ref struct OptionLines(Span<double> logMoneyness, Span<double> deviations, int stride)
{
    private const int Times = 2;
    private readonly Span<double> _logMoneyness = logMoneyness;
    private readonly Span<double> _deviations = deviations;
    private readonly int _stride = stride;

    /// <summary>[scenario] ln(K/forward) of one option at one time.</summary>
    /// <param name="legIndex">Index of the option in its expiry.</param>
    /// <param name="time">Which time.</param>
    internal Span<double> LogMoneyness(int legIndex, RevaluationTime time) =>
        _logMoneyness.Slice((legIndex * Times + (int)time) * _stride, _stride);

    /// <summary>[scenario] total standard deviation of one option at one time.</summary>
    /// <param name="legIndex">Index of the option in its expiry.</param>
    /// <param name="time">Which time.</param>
    internal Span<double> Deviations(int legIndex, RevaluationTime time) =>
        _deviations.Slice((legIndex * Times + (int)time) * _stride, _stride);
}
