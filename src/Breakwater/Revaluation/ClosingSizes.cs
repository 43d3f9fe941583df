using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Pricing;
using Breakwater.Scenarios;
using Breakwater.Sensitivities;
using Breakwater.Surfaces;

namespace Breakwater.Revaluation;

/// <summary>Works out what the market would have to take of one lot (METHODOLOGY 4.4).</summary>
internal static class ClosingSizes
{
    private const double PicoPerUnit = 1e12;
    private const double YearDays = 365d;

    /// <summary>Closing size of one lot.</summary>
    /// <param name="mark">The instrument's mark.</param>
    /// <param name="lot">Quantity of one lot, in the unit of INTERFACES 3.</param>
    /// <param name="inputs">Its underlying: volatility of a day.</param>
    /// <param name="maintenance">The set whose horizon is the least time left.</param>
    internal static ClosingSize Of(InstrumentMark mark, decimal lot, UnderlyingInputs inputs, ScenarioSet maintenance)
    {
        if (mark.Instrument is not VanillaOption option || inputs.UnderlyingIndex < 0)
        {
            return new ClosingSize(Nearest((double)lot * mark.Greeks.Delta), 0);
        }

        double years = Math.Max(mark.ExpiryYears, maintenance.HorizonYears(inputs.UnderlyingIndex));
        double strike = (double)option.StrikeUsd;
        double k = DeterministicMath.Log(strike / mark.ReferenceUsd);
        double volatility = SurfaceEvaluation.VolatilityAnnual(inputs.Surface!, k, years); // options have a surface
        Black76Greeks greeks = Black76.Greeks(option.Right, mark.ReferenceUsd, strike, volatility, years);
        double move = greeks.Gamma * mark.ReferenceUsd * inputs.VolatilityAnnual / Math.Sqrt(YearDays);
        return new ClosingSize(Nearest((double)lot * greeks.Delta), Nearest((double)lot * move));
    }

    private static Int128 Nearest(double units) =>
        (Int128)Math.Round(units * PicoPerUnit, MidpointRounding.ToEven);
}
