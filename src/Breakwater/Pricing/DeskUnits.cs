using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>The same sensitivities in the units a desk speaks (METHODOLOGY 1.2).</summary>
public static class DeskUnits
{
    private const double DaysPerYear = 365.0; // METHODOLOGY 0: year fraction ACT/365
    private const double PointsPerUnit = 100.0; // one vol point is 0.01 of volatility

    /// <summary>$delta = Δ·S, money per 100 % move.</summary>
    /// <param name="delta">Units of underlying; finite.</param>
    /// <param name="spot">Price of the underlying; finite, &gt; 0.</param>
    /// <returns>Money.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double DollarDelta(double delta, double spot)
    {
        Require.Finite(delta);
        Require.Positive(spot);
        return delta * spot;
    }

    /// <summary>$gamma per 1 % = Γ·S²/100: change of $delta for a 1 % move.</summary>
    /// <param name="gamma">Units of underlying per money; finite.</param>
    /// <param name="spot">Price of the underlying; finite, &gt; 0.</param>
    /// <returns>Money per 1 % move.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double DollarGammaPerPercent(double gamma, double spot)
    {
        Require.Finite(gamma);
        Require.Positive(spot);
        return gamma * spot * spot / PointsPerUnit;
    }

    /// <summary>Vega per vol point = Vega/100.</summary>
    /// <param name="vega">Money per 1.00 of volatility; finite.</param>
    /// <returns>Money per 0.01 of volatility.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The argument is not finite.</exception>
    public static double VegaPerVolPoint(double vega)
    {
        Require.Finite(vega);
        return vega / PointsPerUnit;
    }

    /// <summary>Theta per day = Θ/365.</summary>
    /// <param name="theta">Money per year; finite.</param>
    /// <returns>Money per day.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The argument is not finite.</exception>
    public static double ThetaPerDay(double theta)
    {
        Require.Finite(theta);
        return theta / DaysPerYear;
    }
}
