using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>First two moments of the mean of equally spaced fixings of one lognormal path, per unit of spot.</summary>
/// <param name="MeanGrowth">E[mean]/S = n⁻¹ Σ e^{b t_i}.</param>
/// <param name="TotalVariance">ln(E[mean²]/E[mean]²): variance of the lognormal with the same two moments.</param>
internal readonly record struct AverageMoments(double MeanGrowth, double TotalVariance)
{
    private const double ExponentMax = 300.0; // e^600 is a double, so no moment overflows

    /// <summary>
    /// Moments of fixings at t_i = first + i·step, i = 0 … n − 1; one that is late (t_i &lt; 0) counts as due now.
    /// </summary>
    /// <remarks>
    /// E[mean²]/E[mean]² − 1 = Σ_i p_i (p_i + 2 Σ_{j&gt;i} p_j) (e^{σ² t_i} − 1), p_i the share of fixing i in the
    /// mean;
    /// e^{σ² t} − 1 and e^{bt} are geometric sequences, so the sum is O(n), without exponentials and of positive
    /// terms. METHODOLOGY 1.3; Turnbull and Wakeman (1991), J. Financial and Quantitative Analysis 26, 377–389.
    /// </remarks>
    internal static AverageMoments Of(
        double firstYears,
        double stepYears,
        int count,
        double carryAnnual,
        double varianceAnnual)
    {
        double lastYears = Math.Max(0.0, firstYears + (count - 1) * stepYears);
        Require.InRange((2.0 * Math.Abs(carryAnnual) + varianceAnnual) * lastYears, 0.0, ExponentMax, "exponent");
        int lateCount = LateCount(firstYears, stepYears, count);
        double start = firstYears + lateCount * stepYears;
        double growthStep = DeterministicMath.Exp(carryAnnual * stepYears);
        double growth = DeterministicMath.Exp(carryAnnual * start);
        double total = lateCount + GeometricSum(growth, growthStep, count - lateCount);
        double excessStep = DeterministicMath.Expm1(varianceAnnual * stepYears);
        double excess = DeterministicMath.Expm1(varianceAnnual * start);
        double remaining = total - lateCount;
        double sum = 0.0;
        for (int i = lateCount; i < count; i++)
        {
            remaining -= growth;
            sum += growth * (growth + 2.0 * remaining) * excess;
            excess = Math.FusedMultiplyAdd(excess, excessStep, excess + excessStep);
            growth *= growthStep;
        }

        return new AverageMoments(total / count, DeterministicMath.Log1p(Math.Max(0.0, sum / total / total)));
    }

    private static int LateCount(double firstYears, double stepYears, int count)
    {
        if (!(firstYears < 0.0)) return 0;
        double late = Math.Ceiling(-firstYears / stepYears);
        return late < count ? (int)late : count;
    }

    private static double GeometricSum(double first, double ratio, int count)
    {
        double sum = 0.0;
        double term = first;
        for (int i = 0; i < count; i++)
        {
            sum += term;
            term *= ratio;
        }

        return sum;
    }
}
