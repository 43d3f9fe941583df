using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// Forward and discount factor of a spot with continuous rate and yield, with the guards that go with them.
/// </summary>
/// <param name="Forward">S·e^{(r−q)T}.</param>
/// <param name="Discount">e^{−rT}.</param>
internal readonly record struct SpotModel(double Forward, double Discount)
{
    internal const double VolatilityMax = 1e4;
    internal const double YearsMax = 1e4;
    internal const double PriceMin = 1e-20; // with the accrual limit, forwards stay inside the domain of Black-76
    internal const double PriceMax = 1e20;
    private const double AccrualMax = 50.0; // e^50 = 5e21

    internal static SpotModel Of(double spot, double strike, double rate, double yield, double years)
    {
        Require.InRange(spot, PriceMin, PriceMax);
        Require.InRange(strike, PriceMin, PriceMax);
        Require.InRange(years, 0.0, YearsMax);
        Require.Finite(rate);
        Require.Finite(yield);
        double rateAccrued = rate * years;
        double yieldAccrued = yield * years;
        Require.InRange(rateAccrued, -AccrualMax, AccrualMax);
        Require.InRange(yieldAccrued, -AccrualMax, AccrualMax);
        return new SpotModel(
            spot * DeterministicMath.Exp((rate - yield) * years),
            DeterministicMath.Exp(-rateAccrued));
    }
}
