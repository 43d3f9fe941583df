using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Explanation;

/// <summary>What trades at the mark lose to spread and impact, by the model of METHODOLOGY 4.4.</summary>
/// <param name="Arrays">Deltas, and terms of liquidity where they are known.</param>
/// <param name="Parameters">Decimals of tokens.</param>
internal sealed record TradeCost(RiskArrays Arrays, RiskParameters Parameters)
{
    private const double PicoPerUnit = 1e12;
    private const double MicroPerUsd = 1e6;
    private const double NanoOne = 1e9;

    /// <summary>Cost of a change's orders, rounded up; 0 where liquidity is not known.</summary>
    internal Money Of(SubaccountChange change)
    {
        double sum = 0.0;
        foreach (Order order in change.Orders)
        {
            if (Arrays.TermsOf(order.Instrument.Underlying)?.Liquidity is { } terms)
            {
                double size = NotionalUsd(order.Instrument, order.Lots);
                double impact = terms.ImpactNano / NanoOne
                    * Math.Sqrt(size / (terms.VolumeDailyMicroUsd / MicroPerUsd));
                sum += size * Math.Max(terms.HalfSpreadNano / NanoOne, impact);
            }
        }

        return Money.FromDoubleUp(sum);
    }

    /// <summary>Σ |delta| × index of a change's orders.</summary>
    internal Money Notional(SubaccountChange change) =>
        Money.FromDoubleUp(change.Orders.Sum(order => NotionalUsd(order.Instrument, order.Lots)));

    /// <summary>Lots of a perpetual worth twice the gross delta of everything in its underlying.</summary>
    internal Int128 LotsOfGross(Subaccount book, Instrument perpetual)
    {
        double gross = book.Positions.Where(position => position.Instrument.Underlying == perpetual.Underlying)
            .Sum(position => LargestUsd(position.Instrument, position.Lots));
        return (Int128)Math.Ceiling(2.0 * gross / NotionalUsd(perpetual, 1)) + 1;
    }

    // An option may come to have a delta of one.
    private double LargestUsd(Instrument instrument, Int128 lots)
    {
        RiskRow row = Arrays.Rows[Arrays.IndexOf(instrument)];
        return instrument is VanillaOption
            ? Math.Abs((double)lots) * row.MinimumBaseMicroUsd / MicroPerUsd
            : NotionalUsd(instrument, lots);
    }

    private double NotionalUsd(Instrument instrument, Int128 lots)
    {
        RiskRow row = Arrays.Rows[Arrays.IndexOf(instrument)];
        double index = Arrays.TermsOf(instrument.Underlying)!.IndexMicroUsd / MicroPerUsd; // terms for every row
        double units = instrument is Spot
            ? (double)lots * (double)Parameters.Find(instrument.Underlying)!.LotOf(instrument) // governed: it has a row
            : (double)lots;
        return Math.Abs(units * ((double)row.Greeks.DeltaPico / PicoPerUnit)) * index;
    }
}
