using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Pricing;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Revaluation;

/// <summary>P&amp;L of one lot in one scenario, written again from METHODOLOGY 1.1, 1.3 and 2.5, one at a
/// time.</summary>
internal static class ObviousModel
{
    private const double DayYears = 1.0 / 365.0;

    internal static double PnlUsd(
        TinyMarket tiny, Instrument instrument, ScenarioSet set, int scenario, bool isAdvanced)
    {
        double lot = (double)tiny.Parameters.Find(instrument.Underlying)!.LotOf(instrument);
        return lot * (Value(tiny, instrument, set, scenario, isAdvanced) - Value(tiny, instrument, set, 0, false));
    }

    // USD value of one unit; of a future or perpetual, of the contract entered at the mark.
    private static double Value(TinyMarket tiny, Instrument instrument, ScenarioSet set, int scenario, bool isAdvanced)
    {
        UnderlyingMarket market = tiny.Of(instrument.Underlying);
        int u = set.IndexOf(instrument.Underlying);
        double x = set.Factor(scenario, u, RiskFactorKind.SpotReturn);
        double spot = market.IndexUsd * Math.Exp(x);
        double perpetual = market.PerpetualMarkUsd!.Value;
        double moved = perpetual * Math.Exp(x + set.Factor(scenario, u, RiskFactorKind.PerpetualBasis));
        return instrument switch
        {
            Spot => spot,
            Perpetual { Settlement: Settlement.Linear } => moved,
            Perpetual => spot * ((1.0 / perpetual) - (1.0 / moved)),
            DatedFuture future => OfFuture(future, tiny, set, scenario, isAdvanced, spot),
            VanillaOption option => OfOption(option, tiny, set, scenario, isAdvanced, spot),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static double OfFuture(
        DatedFuture future, TinyMarket tiny, ScenarioSet set, int scenario, bool isAdvanced, double spot)
    {
        double mark = tiny.Of(future.Underlying).FutureMarks.Single(own => own.Expiry == future.Expiry).MarkUsd;
        double moved = Forward(future.Underlying, future.Expiry, mark, tiny, set, scenario, isAdvanced);
        return future.Settlement == Settlement.Linear ? moved : spot * ((1.0 / mark) - (1.0 / moved));
    }

    private static double OfOption(
        VanillaOption option, TinyMarket tiny, ScenarioSet set, int scenario, bool isAdvanced, double spot)
    {
        VolatilitySurface surface = tiny.Surfaces.Find(option.Underlying)!;
        int u = set.IndexOf(option.Underlying);
        double years = option.Expiry.YearsSince(tiny.Market.At);
        double forward = Forward(
            option.Underlying, option.Expiry, surface.Forwards.ForwardUsd(years), tiny, set, scenario, isAdvanced);
        double left = years - (isAdvanced ? set.HorizonYears(u) : 0.0);
        double strike = (double)option.StrikeUsd;
        if (left <= 0.0) return Black76.Payoff(option.Right, spot, strike);
        SviParameters[] shocked = new SviParameters[surface.Svi.Length];
        SurfaceShock.Apply(surface, new SmileShock(
            set.Factor(scenario, u, RiskFactorKind.VolatilityLevel),
            set.Factor(scenario, u, RiskFactorKind.SkewTwist),
            set.Factor(scenario, u, RiskFactorKind.SmileTwist)), shocked);
        double x = set.Factor(scenario, u, RiskFactorKind.SpotReturn);
        double stick = set.Scenarios[scenario].IsStickyStrike ? x : 0.0;
        double k = Math.Log(strike / forward) + stick;
        double variance = SurfaceEvaluation.TotalVariance(shocked, surface.SliceYears.AsSpan(), k, left);
        double value = Black76.Value(option.Right, forward, strike, variance * AverageOfFixings(left));
        return option.Settlement == Settlement.Linear ? value : value / forward * spot;
    }

    private static double Forward(
        AssetId asset, Timestamp expiry, double mark, TinyMarket tiny, ScenarioSet set, int scenario, bool isAdvanced)
    {
        int u = set.IndexOf(asset);
        double years = expiry.YearsSince(tiny.Market.At);
        double left = Math.Max(0.0, years - (isAdvanced ? set.HorizonYears(u) : 0.0));
        double basis = Math.Log(mark / tiny.Of(asset).IndexUsd) + (BasisShock(set, scenario, u, years) * Fade(years));
        double x = set.Factor(scenario, u, RiskFactorKind.SpotReturn);
        return tiny.Of(asset).IndexUsd * Math.Exp(x + (basis * Fade(left) / Fade(years)));
    }

    private static double Fade(double years) => Math.Min(1.0, years / DayYears);

    // The factors stand at the middles of their quarters, 45.5, 136.5, 227.5 and 318.5 days.
    private static double BasisShock(ScenarioSet set, int scenario, int u, double years)
    {
        double[] factors =
            [.. Enumerable.Range(0, 4).Select(i => set.Factor(scenario, u, RiskFactorKind.QuarterBasis1 + i))];
        double days = years * 365.0;
        for (int i = 0; i < 3; i++)
        {
            double middle = 45.5 + (91.0 * i);
            if (days <= middle) return factors[i];
            if (days < middle + 91.0) return factors[i] + ((factors[i + 1] - factors[i]) * (days - middle) / 91.0);
        }

        return factors[3];
    }

    // Σ_i Σ_j min(t_i, t_j)/(N²·T), fixings every second of the last half hour; those overdue count as due now.
    private static double AverageOfFixings(double years)
    {
        const int count = 1_800;
        double sum = 0.0;
        for (int i = 1; i <= count; i++)
        {
            double at = Math.Max(0.0, years - ((count - i) / 31_536_000.0));
            sum += at * ((2 * (count - i)) + 1);
        }

        return sum / ((double)count * count * years);
    }
}
