using Breakwater.Numerics;
using Breakwater.Pricing;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>P&amp;L of every leg of one underlying in one scenario, in plain scalar steps (METHODOLOGY 1.1, 2.5, 4.1).
/// </summary>
/// <remarks>
/// Spot S' = S·e^x, perpetual P' = P·e^{x + p}, forward F' = F·e^{x + q}; in advanced time the last day's basis and shock
/// fade with the time left (<see cref="BasisDynamics"/>), and what has expired settles at S'. P&amp;L of scenario 0 in
/// frozen time is exactly zero because the same steps made the base values.
/// </remarks>
internal static class ScenarioValuation
{
    /// <summary>Fills one scenario's P&amp;L per lot, USD.</summary>
    /// <param name="plan">The underlying.</param>
    /// <param name="set">The scenario set.</param>
    /// <param name="scenario">Id of the scenario.</param>
    /// <param name="shocked">[slice] scratch for the shocked surface; overwritten.</param>
    /// <param name="pnlUsd">[leg × time × stride], overwritten at one place of each: spot legs first, then expiries in
    /// order.</param>
    /// <param name="stride">Distance between the two times of a leg.</param>
    /// <param name="place">Place of the scenario within a stride.</param>
    internal static void Fill(
        UnderlyingPlan plan,
        ScenarioSet set,
        int scenario,
        Span<SviParameters> shocked,
        Span<double> pnlUsd,
        int stride,
        int place)
    {
        ReadOnlySpan<long> factors = set.Row(scenario);
        double x = factors[plan.ReturnColumn] / (double)ScenarioSet.NanoOne;
        SpotMove spot = new(x, plan.IndexUsd, DeterministicMath.Exp(x), set.Scenarios[scenario].IsStickyStrike);
        if (plan.Surface is not null) SurfaceShock.Apply(plan.Surface, ShockOf(factors, plan), shocked);
        int leg = FillSpotLegs(plan, factors, spot, pnlUsd, stride, place);
        foreach (ExpiryPlan expiry in plan.Expiries)
        {
            double basisShock = expiry.Basis.Shock(factors, plan.UnderlyingIndex);
            int first = leg * 2 * stride + place;
            Span<double> frozen = pnlUsd[first..];
            FillExpiry(expiry, expiry.Frozen, spot, basisShock, plan.Surface, shocked, frozen, 2 * stride);
            ExpiryTime advanced = expiry.At(set.Horizon, RevaluationTime.Advanced);
            Span<double> later = pnlUsd[(first + stride)..];
            FillExpiry(expiry, advanced, spot, basisShock, plan.Surface, shocked, later, 2 * stride);
            leg += expiry.Legs.Length;
        }
    }

    /// <summary>USD value of one unit of an option.</summary>
    /// <param name="leg">The option.</param>
    /// <param name="time">Time of valuation.</param>
    /// <param name="forward">Forward then, USD.</param>
    /// <param name="spotUsd">Spot then, USD.</param>
    /// <param name="logMoneyness">ln(K/forward).</param>
    /// <param name="totalVariance">Total variance of the surface; ignored once settled.</param>
    internal static double OptionUsd(
        in ExpiryLeg leg, in ExpiryTime time, double forward, double spotUsd, double logMoneyness, double totalVariance)
    {
        double intrinsic = leg.Kind == ExpiryLegKind.Call ? forward - leg.StrikeUsd : leg.StrikeUsd - forward;
        double value = Math.Max(0.0, intrinsic);
        double s = time.IsSettled ? 0.0 : Math.Sqrt(totalVariance * time.VarianceFactor);
        if (s > 0.0)
        {
            value += Math.Min(forward, leg.StrikeUsd) * NormalisedBlack.Fraction(-Math.Abs(logMoneyness), s);
        }

        return leg.IsLinear ? time.Discount * value : value * (spotUsd / forward);
    }

    private static SmileShock ShockOf(ReadOnlySpan<long> factors, UnderlyingPlan plan)
    {
        int column = FactorLayout.Column(plan.UnderlyingIndex, RiskFactorKind.VolatilityLevel);
        return new SmileShock(
            factors[column] / (double)ScenarioSet.NanoOne,
            factors[column + 1] / (double)ScenarioSet.NanoOne,
            factors[column + 2] / (double)ScenarioSet.NanoOne);
    }

    private static int FillSpotLegs(
        UnderlyingPlan plan, ReadOnlySpan<long> factors, in SpotMove spot, Span<double> pnlUsd, int stride, int place)
    {
        double basis = plan.UnderlyingIndex < 0
            ? 0.0
            : factors[FactorLayout.Column(plan.UnderlyingIndex, RiskFactorKind.PerpetualBasis)]
                / (double)ScenarioSet.NanoOne;
        double growth = DeterministicMath.Exp(spot.LogReturn + basis);
        for (int leg = 0; leg < plan.SpotLegs.Length; leg++)
        {
            SpotLeg own = plan.SpotLegs[leg];
            double mark = own.ReferenceUsd;
            double pnl = own.Lot * (own.Kind switch
            {
                SpotLegKind.Spot => mark * spot.Growth - mark,
                SpotLegKind.LinearPerpetual => mark * growth - mark,
                _ => (1.0 / mark - 1.0 / (mark * growth)) * spot.SpotUsd,
            });
            pnlUsd[leg * 2 * stride + place] = pnl;
            pnlUsd[(leg * 2 + 1) * stride + place] = pnl;
        }

        return plan.SpotLegs.Length;
    }

    private static void FillExpiry(
        ExpiryPlan expiry,
        in ExpiryTime time,
        in SpotMove spot,
        double basisShock,
        VolatilitySurface? surface,
        ReadOnlySpan<SviParameters> shocked,
        Span<double> pnlUsd,
        int legStride)
    {
        double move = time.IsSettled
            ? spot.LogReturn - expiry.LogBasis
            : spot.LogReturn + basisShock + (expiry.LogBasis + basisShock) * (time.BasisRetained - 1.0);
        double forward = time.IsSettled ? spot.SpotUsd : expiry.ForwardUsd * DeterministicMath.Exp(move);
        double stick = spot.IsStickyStrike ? spot.LogReturn : 0.0;
        ReadOnlySpan<ExpiryLeg> legs = expiry.Legs.AsSpan();
        for (int i = 0; i < legs.Length; i++)
        {
            ref readonly ExpiryLeg leg = ref legs[i];
            if (leg.Kind == ExpiryLegKind.Future)
            {
                pnlUsd[i * legStride] = leg.Lot * FutureGain(leg.IsLinear, expiry.ForwardUsd, forward, spot.SpotUsd);
                continue;
            }

            double k = leg.LogStrikeOverForward - move;
            double variance = time.IsSettled
                ? 0.0
                : SurfaceEvaluation.TotalVariance(shocked, surface!.SliceYears.AsSpan(), k + stick, time.RemainingYears);
            double value = OptionUsd(leg, time, forward, spot.SpotUsd, k, variance);
            pnlUsd[i * legStride] = leg.Lot * (value - expiry.BaseValuesUsd[i]);
        }
    }

    private static double FutureGain(bool isLinear, double before, double after, double spotUsd) =>
        isLinear ? after - before : (1.0 / before - 1.0 / after) * spotUsd;

    /// <summary>The spot in one scenario.</summary>
    private readonly record struct SpotMove(double LogReturn, double IndexUsd, double Growth, bool IsStickyStrike)
    {
        internal double SpotUsd => IndexUsd * Growth;
    }
}
