using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>Initial requirement of a rule-based margin: Derive's standard manager, from the facts of its public source
/// (StandardManager.sol, parameters of its mainnet script): what equity must cover, USD.</summary>
/// <remarks>
/// Short call: max(13 %, 15 % − OTM ÷ S)·S. Short put: the greater of that and 1.05 × the maintenance max(9 %·S, 9
/// %·mark)
/// beyond the mark. Longs count nothing alone. Per expiry the smaller of the sum and the greatest loss of the
/// payoff at any strike and zero, where net short calls add 1.2 × the forward each. Perpetuals 10 %. No offset between
/// expiries, nor between options and perpetuals.
/// </remarks>
internal static class StandardManager
{
    private const double CallRateMaximum = 0.15;
    private const double RateMinimum = 0.13;
    private const double PutMaintenance = 0.09;
    private const double PutInitialRatio = 1.05;
    private const double NakedCallRatio = 1.2;
    private const double PerpetualRate = 0.10;

    /// <summary>The requirement of a book whose marks stand in a report.</summary>
    /// <param name="day">The day: index prices.</param>
    /// <param name="report">Marks of the book.</param>
    public static double InitialUsd(RealDay day, MarginReport report)
    {
        double total = 0.0;
        foreach (PositionLine line in report.Positions.Where(line => line.Instrument is Perpetual))
        {
            total += PerpetualRate * Math.Abs(Units(line.Quantity)) * Usd(line.MarkPrice);
        }

        foreach (IGrouping<(AssetId, Timestamp), PositionLine> expiry in report.Positions
            .Where(line => line.Instrument is VanillaOption)
            .GroupBy(line => (line.Instrument.Underlying, ((VanillaOption)line.Instrument).Expiry)))
        {
            double index = day.Valued.Inputs.Market.Find(expiry.Key.Item1)!.IndexUsd; // the recorded markets hold both
            total += Math.Min(expiry.Sum(line => Isolated(line, index)), GreatestLoss([.. expiry], index));
        }

        return total;
    }

    private static double Isolated(PositionLine line, double index)
    {
        VanillaOption option = (VanillaOption)line.Instrument;
        double quantity = Units(line.Quantity);
        double mark = Usd(line.MarkPrice);
        if (quantity >= 0.0)
        {
            return quantity * mark;
        }

        double strike = (double)option.StrikeUsd;
        bool isCall = option.Right == OptionRight.Call;
        double away = Math.Max(0.0, isCall ? strike - index : index - strike);
        double rate = Math.Max(RateMinimum, CallRateMaximum - away / index) * index;
        double put = PutInitialRatio * (mark + Math.Max(PutMaintenance * index, PutMaintenance * mark)) - mark;
        return -quantity * (isCall ? rate : Math.Max(rate, put));
    }

    private static double GreatestLoss(PositionLine[] lines, double index)
    {
        double value = lines.Sum(line => Units(line.Quantity) * Usd(line.MarkPrice));
        double calls = lines.Where(line => ((VanillaOption)line.Instrument).Right == OptionRight.Call)
            .Sum(line => Units(line.Quantity));
        double worst = lines.Select(line => (double)((VanillaOption)line.Instrument).StrikeUsd).Append(0.0)
            .Min(price => lines.Sum(line => Units(line.Quantity) * Payoff((VanillaOption)line.Instrument, price)));
        return value - worst + (NakedCallRatio * index * Math.Max(0.0, -calls));
    }

    private static double Payoff(VanillaOption option, double price) => Math.Max(
        0.0, option.Right == OptionRight.Call ? price - (double)option.StrikeUsd : (double)option.StrikeUsd - price);

    private static double Units(FixedDecimal value) => (double)value.Units / Math.Pow(10.0, value.Decimals);

    private static double Usd(Money money) => (double)money.MicroDollars / Money.MicroDollarsPerDollar;
}
