using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>How imbalance moves the price: ΔP = β·OFI/D̄ + ε.</summary>
/// <remarks>Source: Cont, Kukanov and Stoikov (2014), equations 12–14.</remarks>
/// <param name="Beta">β: price change per unit of OFI/D̄, USD; ≥ 0 (flow that seems to move the price against itself
/// says nothing).</param>
/// <param name="Depth">D̄: mean depth, or the median volume of an interval where no book is known, units of underlying;
/// ≥ 0.</param>
/// <param name="Persistence">a: autocorrelation of OFI from one interval to the next, clipped to [0, 1].</param>
/// <param name="Determination">R² of the regression; in [0, 1].</param>
public readonly record struct PriceImpact(double Beta, double Depth, double Persistence, double Determination)
{
    /// <summary>Nothing is known.</summary>
    public static PriceImpact None => default;

    /// <summary>Estimates by least squares with a constant.</summary>
    /// <param name="imbalances">[n] OFI by interval, units of underlying; finite.</param>
    /// <param name="priceChanges">[n] price change over the same intervals, USD; finite.</param>
    /// <param name="depth">D̄, units of underlying; &gt; 0.</param>
    public static PriceImpact Of(ReadOnlySpan<double> imbalances, ReadOnlySpan<double> priceChanges, double depth)
    {
        Require.AllFinite(imbalances);
        Require.AllFinite(priceChanges);
        Require.Positive(depth);
        (double slope, double determination) = Slope(imbalances, priceChanges);
        return new PriceImpact(Math.Max(0d, slope * depth), depth, Persist(imbalances), determination);
    }

    /// <summary>λ of β = c/D^λ: minus the slope of ln β on ln D over windows.</summary>
    /// <param name="betas">[n] price change per unit of OFI in each window, USD per unit; &gt; 0.</param>
    /// <param name="depths">[n] mean depth in each, units of underlying; &gt; 0.</param>
    /// <returns>λ and ln c; λ = 0 where the depths do not differ.</returns>
    /// <remarks>Source: Cont, Kukanov and Stoikov (2014), equation 15; they find λ near 1.</remarks>
    public static (double Exponent, double LogConstant) DepthExponent(
        ReadOnlySpan<double> betas, ReadOnlySpan<double> depths)
    {
        double[] x = new double[depths.Length];
        double[] y = new double[betas.Length];
        for (int window = 0; window < x.Length; window++)
        {
            Require.Positive(betas[window]);
            Require.Positive(depths[window]);
            x[window] = DeterministicMath.Log(depths[window]);
            y[window] = DeterministicMath.Log(betas[window]);
        }

        (double slope, _) = Slope(x, y);
        return (-slope, Mean(y) - (slope * Mean(x)));
    }

    private static double Persist(ReadOnlySpan<double> values)
    {
        if (values.Length < 3)
        {
            return 0d;
        }

        double mean = Mean(values);
        double lagged = 0d;
        double square = 0d;
        for (int index = 0; index < values.Length; index++)
        {
            double own = values[index] - mean;
            square += own * own;
            lagged += index > 0 ? own * (values[index - 1] - mean) : 0d;
        }

        return square > 0d ? Math.Clamp(lagged / square, 0d, 1d) : 0d;
    }

    private static (double Slope, double Determination) Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"{x.Length} abscissas but {y.Length} ordinates", nameof(y));
        }

        double meanX = Mean(x);
        double meanY = Mean(y);
        double cross = 0d;
        double squareX = 0d;
        double squareY = 0d;
        for (int index = 0; index < x.Length; index++)
        {
            cross += (x[index] - meanX) * (y[index] - meanY);
            squareX += (x[index] - meanX) * (x[index] - meanX);
            squareY += (y[index] - meanY) * (y[index] - meanY);
        }

        double slope = squareX > 0d ? cross / squareX : 0d;
        return (slope, squareX > 0d && squareY > 0d ? Math.Min(1d, slope * cross / squareY) : 0d);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0d;
        foreach (double value in values)
        {
            sum += value;
        }

        return values.Length > 0 ? sum / values.Length : 0d;
    }
}
