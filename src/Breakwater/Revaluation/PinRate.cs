using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Scenarios;
using Breakwater.Sensitivities;

namespace Breakwater.Revaluation;

/// <summary>Charge for not knowing at which side of its strike an option will expire (METHODOLOGY 4.5).</summary>
internal static class PinRate
{
    private const double HoursPerYear = 8760d;
    private const double DensityAtZero = 0.3989422804014327; // 1/√(2π)

    /// <summary>½·clip(2 − T/1 h, 0, 1)·S·σ̂√(min(T, h))·φ(d₂) of one lot, as shipped; micro-dollars, rounded up.
    /// </summary>
    /// <remarks>It begins two hours before expiry and vanishes at it: continuous in time (M9).</remarks>
    internal static long MicroUsdPerLot(
        InstrumentMark mark, UnderlyingInputs inputs, ScenarioSet set, RiskParameters parameters)
    {
        double ramp = Math.Clamp(2d - (mark.ExpiryYears * HoursPerYear / parameters.AddOns.PinFullHours), 0d, 1d);
        if (ramp == 0d || inputs.UnderlyingIndex < 0)
        {
            return 0;
        }

        VanillaOption option = (VanillaOption)mark.Instrument;
        double lot = (double)inputs.Terms!.LotOf(option); // refused before if not governed
        double years = Math.Min(mark.ExpiryYears, set.HorizonYears(inputs.UnderlyingIndex));
        double move = mark.IndexUsd * inputs.VolatilityAnnual * Math.Sqrt(years);
        double deviation = mark.VolatilityAnnual * Math.Sqrt(mark.ExpiryYears);
        double d2 = (DeterministicMath.Log(mark.ReferenceUsd / (double)option.StrikeUsd) / deviation)
            - (deviation / 2d);
        double density = DensityAtZero * DeterministicMath.Exp(-d2 * d2 / 2d);
        return MicroUsd.Up(parameters.AddOns.PinFraction * ramp * lot * move * density);
    }
}
