using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>Square-root variance process of the Heston and Bates models.</summary>
/// <param name="Initial">v₀, annual variance now; in [0, 1e4].</param>
/// <param name="ReversionAnnual">κ, speed of mean reversion, per year; in [0, 1e4].</param>
/// <param name="LongRun">θ, annual variance in the long run; in [0, 1e4].</param>
/// <param name="VolatilityOfVariance">σ, per √year; in [0, 1e4].</param>
/// <param name="Correlation">ρ of price and variance; in [−1, 1].</param>
public readonly record struct HestonVariance(
    double Initial,
    double ReversionAnnual,
    double LongRun,
    double VolatilityOfVariance,
    double Correlation)
{
    private const double Maximum = 1e4;
    private const double MomentMax = 1e7; // orders beyond are never used
    private const double SeriesArgument = 1e-4; // below, four terms of ln(1 + a)/a leave 1e-17

    internal void Check(double expiryYears)
    {
        Require.InRange(Initial, 0.0, Maximum);
        Require.InRange(ReversionAnnual, 0.0, Maximum);
        Require.InRange(LongRun, 0.0, Maximum);
        Require.InRange(VolatilityOfVariance, 0.0, Maximum);
        Require.InRange(Correlation, -1.0, 1.0);
        // Without any variance the price is known, and no integral along a contour converges.
        double meanVariance = (Initial + ReversionAnnual * expiryYears * LongRun) * expiryYears;
        Require.InRange(meanVariance, 1e-12, double.MaxValue);
    }

    /// <summary>
    /// ln E[e^{zX}] = v₀·B + κθ·[q·T/(β + d) − (2/σ²)·ln(1 + a)], q = z² − z, β = κ − ρσz, d = √(β² − σ²q),
    /// B = q(1 − e^{−dT})/((β + d)(1 − g·e^{−dT})), a = σ²q(1 − e^{−dT})/(2d(β + d)).
    /// </summary>
    /// <remarks>
    /// The form without branch cuts of Albrecher, Mayer, Schoutens and Tistaert (2007), Wilmott, "The little Heston
    /// trap", with (β − d)/σ² written q/(β + d), so that σ → 0 loses nothing.
    /// </remarks>
    internal ComplexNumber LogMoment(ComplexNumber z, double years)
    {
        double sigma = VolatilityOfVariance;
        double sigmaSquare = sigma * sigma;
        ComplexNumber q = z * (z - 1.0);
        ComplexNumber beta = ReversionAnnual - Correlation * sigma * z;
        ComplexNumber d = ComplexNumber.Sqrt(beta * beta - sigmaSquare * q);
        // (1 − e^{−dT})/d is even in d and tends to T at d = 0.
        ComplexNumber dT = d * years;
        ComplexNumber decay = dT.SquaredMagnitude < 1e-20
            ? years
            : -ComplexNumber.Expm1(-dT) / d;
        double pull = ReversionAnnual * LongRun;
        if (beta.Real < 0.0) return LogMomentDirect(beta, d, q, decay, years);
        ComplexNumber fromInitial = 0.5 * Initial * q * decay;
        if (pull == 0.0) return fromInitial / (1.0 + 0.5 * (beta - d) * decay);
        ComplexNumber root = q / (beta + d);
        ComplexNumber y = 0.5 * root * decay;
        ComplexNumber a = sigmaSquare * y;
        ComplexNumber logShare = a.SquaredMagnitude < SeriesArgument * SeriesArgument
            ? y * (1.0 - a * (1.0 / 2.0 - a * (1.0 / 3.0 - a * (1.0 / 4.0 - a / 5.0))))
            : ComplexNumber.Log1p(a) / sigmaSquare;
        // (1 − g·e^{−dT})·(β + d) = 2d·(1 + a), and B = q·(decay/2)/(1 + a).
        return fromInitial / (1.0 + a) + pull * (root * years - 2.0 * logShare);
    }

    /// <summary>The same where Re β &lt; 0 and β + d would cancel: through β − d.</summary>
    private ComplexNumber LogMomentDirect(
        ComplexNumber beta, ComplexNumber d, ComplexNumber q, ComplexNumber decay, double years)
    {
        double sigmaSquare = VolatilityOfVariance * VolatilityOfVariance;
        ComplexNumber difference = beta - d;
        ComplexNumber a = 0.5 * difference * decay;
        ComplexNumber mean = (difference * years - 2.0 * ComplexNumber.Log1p(a)) / sigmaSquare;
        return Initial * 0.5 * q * decay / (1.0 + a) + ReversionAnnual * LongRun * mean;
    }

    /// <summary>Last order ω &gt; 1 whose moment E[e^{ωX}] is finite, or +∞ beyond every use.</summary>
    internal double UpperMoment(double years) => 1.0 + Reach(years, 1.0, 1.0);

    /// <summary>Last order ω &lt; 0 whose moment is finite, or −∞.</summary>
    internal double LowerMoment(double years) => -Reach(years, 0.0, -1.0);

    /// <summary>
    /// Largest offset x with the moment of order origin + sign·x finite at the time given, by bisection.
    /// </summary>
    private double Reach(double years, double origin, double sign)
    {
        double finite = 0.0;
        double infinite = 1e-3;
        while (ExplosionYears(origin + sign * infinite) > years)
        {
            finite = infinite;
            infinite *= 2.0;
            if (infinite > MomentMax) return double.PositiveInfinity;
        }

        for (int i = 0; i < 50; i++) // the bracket is within a factor of two, 2^-50 of it is rounding
        {
            double middle = 0.5 * (finite + infinite);
            if (ExplosionYears(origin + sign * middle) > years) finite = middle;
            else infinite = middle;
        }

        return finite;
    }

    /// <summary>
    /// Time at which E[e^{ωX}] becomes infinite. Source: Andersen and Piterbarg (2007), proposition 3.1.
    /// </summary>
    private double ExplosionYears(double order)
    {
        double beta = ReversionAnnual - Correlation * VolatilityOfVariance * order;
        double square = beta * beta - VolatilityOfVariance * VolatilityOfVariance * order * (order - 1.0);
        if (square < 0.0)
        {
            double frequency = Math.Sqrt(-square);
            return 2.0 / frequency * DeterministicMath.Atan2(frequency, -beta);
        }

        if (beta >= 0.0) return double.PositiveInfinity;
        double d = Math.Sqrt(square);
        return d > 0.0
            ? DeterministicMath.Log1p(2.0 * d / (-beta - d)) / d
            : -2.0 / beta;
    }
}
