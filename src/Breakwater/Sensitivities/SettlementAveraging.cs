using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Sensitivities;

/// <summary>Variance that an option settling on an average of fixings has left (METHODOLOGY 1.3).</summary>
/// <remarks>
/// w_eff = σ²·Σ_i Σ_j min(t_i, t_j)/N² to first order in σ²Δ, t_i ≥ 0 the times to the fixings. Before the window that
/// is σ²·[(T − Δ) + Δ·(N + 1)(2N + 1)/(6N²)]. Inside it a single run has seen no fixing: those overdue count as due
/// now, at today's or the scenario's price, as in <c>TwapSettlement</c> (docs/adr/0032). Continuous in T, and 0 at
/// expiry.
/// </remarks>
/// <param name="WindowYears">Δ, years; &gt; 0.</param>
/// <param name="FixingCount">N; ≥ 1.</param>
public readonly record struct SettlementAveraging(double WindowYears, int FixingCount)
{
    private const double SecondsPerYear = Timestamp.YearMilliseconds / 1000.0;

    /// <summary>The average of governed length and number of fixings.</summary>
    public static SettlementAveraging Of(ValuationParameters parameters) =>
        new(parameters.SettlementWindowSeconds / SecondsPerYear, parameters.SettlementFixingCount);

    /// <summary>w_eff ÷ w, equally w_eff at σ = 1 ÷ T; in (0, 1].</summary>
    /// <param name="expiryYears">T, years; ≥ 0.</param>
    public double VarianceFactor(double expiryYears)
    {
        double count = FixingCount;
        double step = WindowYears / count;
        double open = OpenCount(expiryYears);
        if (!(expiryYears > 0.0)) return 1.0 / (count * count);
        double first = expiryYears - (open - 1.0) * step;
        double sum = first * open * open + step * (open - 1.0) * open * (2.0 * open - 1.0) / 6.0;
        return sum / (count * count * expiryYears);
    }

    /// <summary>∂w_eff/∂T at σ = 1: how fast the variance left falls with time; 1 before the window.</summary>
    /// <param name="expiryYears">T, years; ≥ 0.</param>
    public double DecayFactor(double expiryYears)
    {
        double share = OpenCount(expiryYears) / FixingCount;
        return share * share;
    }

    // Fixings that lie ahead; N before the window.
    private double OpenCount(double expiryYears) =>
        Math.Clamp(Math.Ceiling(expiryYears / WindowYears * FixingCount), 1.0, FixingCount);
}
