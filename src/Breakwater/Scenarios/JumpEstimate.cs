using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Scenarios;

/// <summary>Jumps of a recorded hourly history: how many, how large, and their share of the variance (METHODOLOGY 3.4).
/// </summary>
/// <remarks>
/// A jump is an hour whose return is beyond a multiple of the deviation the filter expected. Jump sizes have no values
/// near zero, so an exponential law with their mean has too great a second moment; <see cref="FittedUp"/> and
/// <see cref="FittedDown"/> are the means of the exponential laws with the second moment that was observed, so that
/// rate, sizes and share of variance agree. Derivation: docs/methodology/scenario-calibration.md.
/// </remarks>
/// <param name="Years">Time the returns span, years.</param>
/// <param name="RateAnnual">Jumps per year.</param>
/// <param name="DownFraction">Share of jumps that are falls.</param>
/// <param name="Up">Sizes of rises, log return.</param>
/// <param name="Down">Sizes of falls, log return as positive numbers.</param>
/// <param name="VarianceAnnual">Sum of all squared hourly returns per year.</param>
/// <param name="JumpVarianceAnnual">Sum of the squared returns of the jumps per year.</param>
/// <param name="JumpHours">Unix hours the jumps ended at, rising.</param>
public sealed record JumpEstimate(
    double Years,
    double RateAnnual,
    double DownFraction,
    JumpSizes Up,
    JumpSizes Down,
    double VarianceAnnual,
    double JumpVarianceAnnual,
    ImmutableArray<long> JumpHours)
{
    private const double YearHours = (double)Timestamp.YearMilliseconds / Timestamp.HourMilliseconds;

    /// <summary>Share of the variance that arrived in jumps, in [0, 1].</summary>
    public double ShareObserved => JumpVarianceAnnual / VarianceAnnual;

    /// <summary>Share of the variance that Kou's law with the plain mean sizes implies: λ·2·(p_up·m_up² +
    /// p_down·m_down²) ÷ variance.</summary>
    public double ShareOfPlainMeans => ShareOf(Up.Mean, Down.Mean);

    /// <summary>Share of the variance that Kou's law with the fitted sizes implies: that observed.</summary>
    public double ShareOfFitted => ShareOf(FittedUp, FittedDown);

    /// <summary>Mean rise of the exponential law with the observed second moment, log return.</summary>
    public double FittedUp => Up.ExponentialMean;

    /// <summary>Mean fall of the exponential law with the observed second moment, log return.</summary>
    public double FittedDown => Down.ExponentialMean;

    /// <summary>Estimates the jumps of a history.</summary>
    /// <param name="closes">Hourly closes, strictly rising; holes are left out.</param>
    /// <param name="parameters">Half-lives and weights of the filter.</param>
    /// <param name="thresholdDeviations">Size of a jump in filtered deviations; &gt; 0 (4.5 in METHODOLOGY 3.4).
    /// </param>
    /// <param name="warmUpHours">Hours at the start that only feed the filter; ≥ 1.</param>
    /// <exception cref="ArgumentException">No return is left to count.</exception>
    public static JumpEstimate Of(
        ImmutableArray<PricePoint> closes, VolatilityParameters parameters, double thresholdDeviations, int warmUpHours)
    {
        Require.Positive(thresholdDeviations);
        ArgumentOutOfRangeException.ThrowIfLessThan(warmUpHours, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(closes.Length, warmUpHours + 2);
        PriceHistory prices = new(closes, [], []);
        FilteredHistory history = VolatilityFilter.Run(prices, closes[^1], parameters).History;
        List<double> rises = [];
        List<double> falls = [];
        ImmutableArray<long>.Builder hours = ImmutableArray.CreateBuilder<long>();
        double squares = 0d;
        int count = 0;
        for (int index = warmUpHours; index < history.Hours.Length; index++)
        {
            if (history.Hours[index] != history.Hours[index - 1] + 1)
            {
                continue;
            }

            double move = history.LogPrices[index] - history.LogPrices[index - 1];
            count++;
            squares += move * move;
            if (Math.Abs(move) > thresholdDeviations * Math.Sqrt(history.VarianceHourly[index - 1]))
            {
                (move > 0d ? rises : falls).Add(Math.Abs(move));
                hours.Add(history.Hours[index]);
            }
        }

        Require.Positive(count);
        double years = count / YearHours;
        JumpSizes up = JumpSizes.Of(rises);
        JumpSizes down = JumpSizes.Of(falls);
        return new JumpEstimate(
            years, hours.Count / years, hours.Count > 0 ? (double)falls.Count / hours.Count : 0d, up, down,
            squares / years, ((up.Count * up.MeanSquare) + (down.Count * down.MeanSquare)) / years,
            hours.ToImmutable());
    }

    private double ShareOf(double meanUp, double meanDown) =>
        RateAnnual * 2d * (((1d - DownFraction) * meanUp * meanUp) + (DownFraction * meanDown * meanDown))
            / VarianceAnnual;
}

/// <summary>Sizes of the jumps of one side.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean, log return; 0 if there is none.</param>
/// <param name="MeanSquare">Mean of their squares; likewise.</param>
public readonly record struct JumpSizes(int Count, double Mean, double MeanSquare)
{
    /// <summary>Standard deviation of the sizes, log return.</summary>
    public double StandardDeviation => Math.Sqrt(Math.Max(0d, MeanSquare - (Mean * Mean)));

    /// <summary>Mean of the exponential law with this second moment: √(mean square ÷ 2).</summary>
    public double ExponentialMean => Math.Sqrt(0.5 * MeanSquare);

    internal static JumpSizes Of(List<double> sizes)
    {
        double sum = 0d;
        double squares = 0d;
        foreach (double size in sizes)
        {
            sum += size;
            squares += size * size;
        }

        return sizes.Count == 0 ? default : new JumpSizes(sizes.Count, sum / sizes.Count, squares / sizes.Count);
    }
}
