using Breakwater.Scenarios;

namespace Breakwater.Revaluation;

/// <summary>How the quarter-bucket factors move the forward of one expiry (METHODOLOGY 3.1).</summary>
/// <remarks>
/// A bucket's factor is that of its middle, linear in time between the middles and flat outside them, so that no
/// P&amp;L jumps where an expiry crosses from one bucket to the next (M9). Below one day the log basis of METHODOLOGY
/// 1.1 is proportional to the time left, and so is its shock: forwards meet the spot at expiry. See docs/adr/0033.
/// </remarks>
/// <param name="LowerBucket">Index of the lower bucket, 0–2.</param>
/// <param name="UpperShare">Weight of the next bucket, in [0, 1].</param>
/// <param name="Fade">Fraction of a full shock that reaches the expiry: 1 from one day on, 0 at expiry.</param>
internal readonly record struct BasisDynamics(int LowerBucket, double UpperShare, double Fade)
{
    private const double DayYears = 1.0 / 365.0; // METHODOLOGY 1.1: below one day b is that of one day
    private const double FirstMiddleYears = 45.5 / 365.0; // middle of the first 91 days, FactorLayout.BasisOf
    private const double BucketYears = 91.0 / 365.0;
    private const int LowerBucketMax = 2;

    /// <summary>Weights for an expiry.</summary>
    /// <param name="expiryYears">Time to expiry now, years; &gt; 0.</param>
    internal static BasisDynamics Of(double expiryYears)
    {
        double buckets = Math.Clamp((expiryYears - FirstMiddleYears) / BucketYears, 0.0, LowerBucketMax + 1.0);
        int lower = Math.Min((int)buckets, LowerBucketMax);
        return new BasisDynamics(lower, buckets - lower, FadeAt(expiryYears));
    }

    /// <summary>Log change of forward over spot in one scenario.</summary>
    /// <param name="factors">[factor] one scenario's row, 1e-9 units.</param>
    /// <param name="underlyingIndex">Index of the underlying in the layout.</param>
    internal double Shock(ReadOnlySpan<long> factors, int underlyingIndex)
    {
        int column = FactorLayout.Column(underlyingIndex, RiskFactorKind.QuarterBasis1) + LowerBucket;
        double lower = factors[column] / (double)ScenarioSet.NanoOne;
        double upper = factors[column + 1] / (double)ScenarioSet.NanoOne;
        return Fade * (lower + UpperShare * (upper - lower));
    }

    /// <summary>Fraction of today's log basis, and of its shock, that is left when <paramref name="remainingYears"/>
    /// remain; 1 until the last day.</summary>
    /// <param name="remainingYears">Time left then, years; ≤ that of now.</param>
    internal double Retained(double remainingYears) => remainingYears > 0.0 ? FadeAt(remainingYears) / Fade : 0.0;

    private static double FadeAt(double expiryYears) => Math.Min(1.0, expiryYears / DayYears);
}
