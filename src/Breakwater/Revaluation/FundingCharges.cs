using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;

namespace Breakwater.Revaluation;

/// <summary>Expected funding of a perpetual over a horizon, charged to the side that pays (METHODOLOGY 1.1).</summary>
internal static class FundingCharges
{
    private const double HoursPerPeriod = 8.0; // funding rates are stated per 8 h

    /// <summary>Funding per lot, micro-dollars, rounded up.</summary>
    /// <param name="notionalUsd">Notional of one lot, USD; ≥ 0.</param>
    /// <param name="rate8h">Expected funding, fraction per 8 h, positive where longs pay; <c>null</c> if
    /// unknown.</param>
    /// <param name="horizonHours">Horizon, hours.</param>
    /// <param name="parameters">Rate charged when unknown, and cap.</param>
    internal static FundingCharge Of(
        double notionalUsd, double? rate8h, double horizonHours, MarginParameters parameters)
    {
        double periods = horizonHours / HoursPerPeriod;
        double cap = parameters.FundingMaximumFraction8h;
        double longRate = Math.Min(cap, Math.Max(0.0, rate8h ?? parameters.FundingUnknownFraction8h));
        double shortRate = Math.Min(cap, Math.Max(0.0, -rate8h ?? parameters.FundingUnknownFraction8h));
        return new FundingCharge(
            MicroUsd.Up(notionalUsd * longRate * periods), MicroUsd.Up(notionalUsd * shortRate * periods));
    }

    /// <summary>What was substituted or capped; <c>null</c> if nothing.</summary>
    /// <param name="perpetual">The perpetual.</param>
    /// <param name="rate8h">Expected funding, fraction per 8 h; <c>null</c> if unknown.</param>
    /// <param name="parameters">Rate charged when unknown, and cap.</param>
    internal static Finding? FindingOf(Perpetual perpetual, double? rate8h, MarginParameters parameters)
    {
        if (rate8h is not double rate)
        {
            return new Finding(
                FindingKind.MissingInput, perpetual.Name,
                $"funding is unknown: {parameters.FundingUnknownFraction8h:R} per 8 h is charged to either side")
            {
                Charge = ChargingRule.UnknownFunding,
            };
        }

        return Math.Abs(rate) > parameters.FundingMaximumFraction8h
            ? new Finding(
                FindingKind.AbsurdValue, perpetual.Name,
                $"funding {rate:R} per 8 h is capped at {parameters.FundingMaximumFraction8h:R}")
            : null;
    }
}
