using System.Collections.Immutable;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>A market in which a large order is worked off in equal intervals (Almgren &amp; Chriss 2000).</summary>
/// <param name="VolatilityAbsolute">σ: standard deviation of the price per √time, price units; ≥ 0.</param>
/// <param name="FixedCost">ε: cost of a unit traded whatever its size, price units: half the spread and fees; ≥ 0.
/// </param>
/// <param name="TemporaryImpact">η: price paid per unit of trading rate, price·time per unit.</param>
/// <param name="PermanentImpact">γ: lasting move of the price per unit traded, price per unit; ≥ 0.</param>
public readonly record struct ExecutionMarket(
    double VolatilityAbsolute, double FixedCost, double TemporaryImpact, double PermanentImpact);

/// <summary>The schedule that minimises expected cost plus λ times its variance (Almgren &amp; Chriss 2000).</summary>
/// <param name="Kappa">κ: urgency per unit of time; ≥ 0, 0 is the straight line.</param>
/// <param name="Holdings">[N + 1] units still held at the start and after every interval; the last is 0.</param>
/// <param name="Trades">[N] units traded in each interval; they sum to the order.</param>
/// <param name="CostExpected">E: expected cost, price units × units.</param>
/// <param name="CostVariance">V: its variance.</param>
public sealed record AlmgrenChriss(
    double Kappa,
    ImmutableArray<double> Holdings,
    ImmutableArray<double> Trades,
    double CostExpected,
    double CostVariance)
{
    /// <summary>1/κ: time after which the share 1 − 1/e of a long order is done; infinite on the straight line.
    /// </summary>
    public double HalfLife => 1d / Kappa;

    /// <summary>The optimal schedule.</summary>
    /// <param name="quantity">X: units to sell (positive) or to buy (negative); finite.</param>
    /// <param name="horizon">T: time until which all is traded; &gt; 0.</param>
    /// <param name="intervalCount">N: intervals; ≥ 1.</param>
    /// <param name="riskAversion">λ: cost of a unit of variance, per price unit × unit; ≥ 0.</param>
    /// <param name="market">Costs and volatility in the same units of time.</param>
    /// <exception cref="ArgumentException">An argument is outside its domain, or the temporary impact
    /// η − γτ/2 that is left for an interval is not positive: then no schedule is optimal.</exception>
    /// <remarks>
    /// With τ = T/N and η̃ = η − γτ/2: 2(cosh κτ − 1)/τ² = λσ²/η̃, so sinh(κτ/2) = ½τ√(λσ²/η̃);
    /// x_k = X·sinh(κ(T − t_k))/sinh(κT); n_k = X·2·sinh(κτ/2)·cosh(κ(T − t_{k−½}))/sinh(κT);
    /// E = ½γX² + εΣ|n_k| + (η̃/τ)Σn_k²; V = σ²τΣ_{k≥1}x_k².
    /// Hyperbolic ratios are written with decaying exponentials: no overflow at any κT, no cancellation at small ones.
    /// Source: Almgren and Chriss (2000), J. Risk 3(2), 5–39, equations 13–20.
    /// </remarks>
    public static AlmgrenChriss Of(
        double quantity, double horizon, int intervalCount, double riskAversion, ExecutionMarket market)
    {
        Require.Finite(quantity);
        Require.Positive(horizon);
        Require.NonNegative(riskAversion);
        Require.NonNegative(market.VolatilityAbsolute);
        Require.NonNegative(market.FixedCost);
        Require.NonNegative(market.PermanentImpact);
        ArgumentOutOfRangeException.ThrowIfLessThan(intervalCount, 1);
        double interval = horizon / intervalCount;
        double impact = market.TemporaryImpact - (market.PermanentImpact * interval / 2d);
        Require.Positive(impact);
        double kappa = Urgency(riskAversion, market.VolatilityAbsolute, impact, interval);
        double[] holdings = new double[intervalCount + 1];
        double[] trades = new double[intervalCount];
        Fill(quantity, kappa * interval, holdings, trades);
        double cost = (0.5 * market.PermanentImpact * quantity * quantity)
            + (market.FixedCost * Sum(trades, Math.Abs))
            + (impact / interval * Sum(trades, trade => trade * trade));
        double variance = market.VolatilityAbsolute * market.VolatilityAbsolute * interval
            * Sum(holdings.AsSpan(1), held => held * held);
        return new AlmgrenChriss(kappa, [.. holdings], [.. trades], cost, variance);
    }

    private static double Urgency(double riskAversion, double volatility, double impact, double interval)
    {
        double half = 0.5 * interval * volatility * Math.Sqrt(riskAversion / impact);
        double arsinh = DeterministicMath.Log1p(half + (half * half / (1d + Math.Sqrt(1d + (half * half)))));
        return 2d * arsinh / interval;
    }

    private static void Fill(double quantity, double step, Span<double> holdings, Span<double> trades)
    {
        int count = trades.Length;
        double whole = step * count;
        bool isStraight = whole <= 0d;
        double denominator = DeterministicMath.Expm1(-2d * whole);
        holdings[0] = quantity;
        for (int k = 1; k <= count; k++)
        {
            double left = step * (count - k);
            double middle = step * (count - k + 0.5);
            holdings[k] = isStraight
                ? quantity * (count - k) / count
                : quantity * DeterministicMath.Exp(left - whole) * DeterministicMath.Expm1(-2d * left) / denominator;
            trades[k - 1] = isStraight
                ? quantity / count
                : quantity * DeterministicMath.Exp((step / 2d) + middle - whole) * DeterministicMath.Expm1(-step)
                    * (1d + DeterministicMath.Exp(-2d * middle)) / denominator;
        }
    }

    private static double Sum(ReadOnlySpan<double> values, Func<double, double> map)
    {
        double sum = 0d;
        foreach (double value in values)
        {
            sum += map(value);
        }

        return sum;
    }
}
