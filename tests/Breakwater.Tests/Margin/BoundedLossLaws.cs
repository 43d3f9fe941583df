using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Margin;

/// <summary>M8 of RELIABILITY 3 over 10⁴ random portfolios of each kind: the core of what can lose only so much.
/// </summary>
/// <remarks>
/// The rate of discount is 0 as shipped. The payoff of an inverse option is in coin: its USD value before expiry is S/F
/// times that of the linear one, so its width and strike are bounded with the greatest S'/F' of the scenarios.
/// </remarks>
public sealed class BoundedLossLaws
{
    private const int PortfolioCount = 10_000;
    private const int LegPairsMax = 4;
    private const int LotsMax = 20_000;
    private const decimal MicroPerUsd = 1_000_000m;
    private const long UnitsPerLot = 2; // a value and an entry, each rounded once

    private static readonly PricedMarket Market = new(0);
    private static readonly VanillaOption[] Options = [.. TinyMarket.Instruments.OfType<VanillaOption>()];

    [Fact]
    public void INV_M8_Long_options_ask_at_most_their_value() => Each((random, limit) =>
    {
        VanillaOption option = Pick(random, Options);
        return Bought(option, random.Next(1, LotsMax), limit);
    });

    [Fact]
    public void INV_M8_Vertical_spreads_ask_at_most_their_width() => Each(Vertical);

    [Fact]
    public void INV_M8_Short_puts_ask_at_most_their_strike() => Each((random, limit) =>
    {
        VanillaOption put = Pick(random, Options.Where(static own => own.Right == OptionRight.Put));
        return SoldPut(put, random.Next(1, LotsMax), limit);
    });

    [Fact]
    public void INV_M8_Books_of_all_three_ask_at_most_the_sum_of_their_bounds() => Each((random, limit) =>
    {
        int lots = random.Next(1, LotsMax);
        VanillaOption option = Pick(random, Options);
        return random.Next(3) switch
        {
            0 => Bought(option, lots, limit),
            1 when option.Right == OptionRight.Put => SoldPut(option, lots, limit),
            _ => Vertical(random, limit),
        };
    });

    private static Position[] Bought(VanillaOption option, int lots, Limit limit)
    {
        limit.Add(RowOf(option).MarkValueUpMicroUsd, lots);
        return [LawMarket.Hold(option, lots)];
    }

    private static Position[] SoldPut(VanillaOption put, int lots, Limit limit)
    {
        limit.Add(Scaled(put.StrikeUsd, put) - RowOf(put).MarkValueDownMicroUsd, lots);
        return [LawMarket.Hold(put, -lots)];
    }

    // Bought it loses its value at most; sold, what its width exceeds its value by.
    private static Position[] Vertical(Random random, Limit limit)
    {
        VanillaOption one = Pick(random, Options);
        VanillaOption other = Pick(random, Options.Where(own => own.Underlying == one.Underlying
            && own.Settlement == one.Settlement && own.Expiry == one.Expiry && own.Right == one.Right
            && own.StrikeUsd != one.StrikeUsd));
        int lots = random.Next(1, LotsMax);
        bool isDebit = one.StrikeUsd < other.StrikeUsd == (one.Right == OptionRight.Call);
        long value = Math.Abs(RowOf(one).MarkValueUpMicroUsd - RowOf(other).MarkValueUpMicroUsd);
        long width = Scaled(Math.Abs(one.StrikeUsd - other.StrikeUsd), one);
        limit.Add((isDebit ? value : width - value) + UnitsPerLot, lots);
        return [LawMarket.Hold(one, lots), LawMarket.Hold(other, -lots)];
    }

    private static long Scaled(decimal usd, VanillaOption option)
    {
        decimal ratio = option.Settlement == Settlement.Linear ? 1m : SpotOverForwardMax;
        return (long)decimal.Ceiling(usd * ratio * RowOf(option).LotQuantity * MicroPerUsd);
    }

    // Carry from above −3 % to 8 % a year over less than a year, and the greatest shock of the scenarios.
    private static readonly decimal SpotOverForwardMax = (decimal)Math.Exp(0.03 + new[]
    {
        Market.Arrays.Scenarios.Maintenance, Market.Arrays.Scenarios.Initial,
    }.Max(static set => set.Scenarios.Max(scenario => set.Underlyings.Select((_, u) => u).Max(u =>
        Enumerable.Range(0, 4).Max(i => -set.Factor(scenario.Id, u, RiskFactorKind.QuarterBasis1 + i))))));

    private static void Each(Func<Random, Limit, Position[]> draw)
    {
        for (int seed = 0; seed < PortfolioCount; seed++)
        {
            Random random = new(seed);
            Limit limit = new();
            Subaccount book = new(
                "bounded", [],
                [.. Enumerable.Range(0, random.Next(1, LegPairsMax + 1)).SelectMany(_ => draw(random, limit))]);
            MarginReport report = PortfolioMargin.Assess(book, Market.Arrays, LawMarket.Parameters);
            Assert.True(report.CoreInitial.Amount.MicroDollars <= limit.MicroUsd, $"seed {seed}");
            Assert.True(report.CoreMaintenance.Amount.MicroDollars <= limit.MicroUsd, $"seed {seed}");
        }
    }

    private static T Pick<T>(Random random, IEnumerable<T> items)
    {
        T[] all = [.. items];
        return all[random.Next(all.Length)];
    }

    private static RiskRow RowOf(Instrument instrument) => Market.Arrays.Rows[Market.Arrays.IndexOf(instrument)];

    /// <summary>Greatest loss, micro-dollars, with the units of rounding.</summary>
    private sealed class Limit
    {
        public Int128 MicroUsd { get; private set; }

        public void Add(long perLot, int lots) => MicroUsd += (Int128)(perLot + UnitsPerLot) * lots;
    }
}
