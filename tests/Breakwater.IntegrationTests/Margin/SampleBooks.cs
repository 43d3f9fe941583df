using Breakwater.Instruments;

namespace Breakwater.IntegrationTests.Margin;

/// <summary>Books of listed instruments, for rules that hold for every book.</summary>
internal static class SampleBooks
{
    /// <summary>Directional, short and long volatility, hedged, in two coins, and a market maker's.</summary>
    public static IEnumerable<(string Name, (Instrument Instrument, decimal Quantity)[] Legs)> Of(RealDay day)
    {
        Perpetual perpetual = new(RealDay.Btc, Settlement.Linear);
        VanillaOption put = day.Listed(RealDay.Btc, 30, 0.9, OptionRight.Put);
        VanillaOption call = day.Listed(RealDay.Btc, 30, 1.1, OptionRight.Call);
        VanillaOption ether = day.Listed(RealDay.Eth, 30, 1.1, OptionRight.Call);
        yield return ("long perpetual", [(perpetual, 10m)]);
        yield return ("short perpetual", [(perpetual, -10m)]);
        yield return ("inverse perpetual", [(new Perpetual(RealDay.Btc, Settlement.Inverse), 500_000m)]);
        yield return ("short put", [(put, -10m)]);
        yield return ("short call", [(call, -10m)]);
        yield return ("long strangle", [(put, 10m), (call, 10m)]);
        yield return ("short strangle", [(put, -10m), (call, -10m)]);
        yield return ("covered call", [(call, -10m), (perpetual, 10m)]);
        yield return (
            "two coins", [(call, -10m), (ether, 100m), (new Perpetual(RealDay.Eth, Settlement.Linear), -80m)]);
        yield return ("market maker", MarketMaker(day));
    }

    /// <summary>Sixty legs: ten strikes at three expiries of both coins, alternately sold and bought in sizes that do
    /// not match.</summary>
    public static (Instrument Instrument, decimal Quantity)[] MarketMaker(RealDay day)
    {
        HashSet<string> seen = [];
        List<(Instrument, decimal)> legs = [];
        foreach (
            (AssetId asset, decimal size) in (ReadOnlySpan<(AssetId, decimal)>)[(RealDay.Btc, 1m), (RealDay.Eth, 20m)])
        {
            foreach (double days in (double[])[7, 30, 60])
            {
                double width = 0.35 * Math.Sqrt(days / 60.0);
                for (int i = 0; i < 10; i++)
                {
                    decimal sign = legs.Count % 2 == 0 ? -1m : 1m;
                    VanillaOption option = Unseen(day, seen, asset, days, 1.0 + width * (i - 4.5) / 4.5);
                    legs.Add((option, sign * size * (1 + legs.Count % 3)));
                }
            }
        }

        return [.. legs];
    }

    // The nearest listed strike that no leg has taken.
    private static VanillaOption Unseen(RealDay day, HashSet<string> seen, AssetId asset, double days, double moneyness)
    {
        OptionRight right = moneyness < 1.0 ? OptionRight.Put : OptionRight.Call;
        for (double away = 0.0; ; away += 0.01)
        {
            foreach (double sign in (double[])[1.0, -1.0])
            {
                VanillaOption option = day.Listed(asset, days, moneyness * (1.0 + sign * away), right);
                if (seen.Add(option.Name))
                {
                    return option;
                }
            }
        }
    }
}
