using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Attestation;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Margin;

/// <summary>M1 to M7 of RELIABILITY 3: exact integer laws over 10⁴ random portfolios of a priced market each, and
/// 2·10³ more on arrays of any numbers whatever; a failure names its seed.</summary>
public sealed class MarginLaws
{
    private const int PortfolioCount = 10_000;
    private const int SyntheticCount = 2_000;
    private const int PortfoliosPerMarket = 100;

    [Fact]
    public void INV_M1_Maintenance_target_and_initial_margin_are_ordered_and_lines_sum_to_them() => Each(
        (market, seed) =>
    {
        MarginReport report = Assess(market, market.Draw());
        Assert.True(Money.Zero <= report.MaintenanceMargin, $"seed {seed}");
        Assert.True(report.MaintenanceMargin <= report.TargetMargin, $"seed {seed}");
        Assert.True(report.TargetMargin <= report.InitialMargin, $"seed {seed}");
        Assert.True(report.InitialMargin == Sum(report.Lines.Select(line => line.Initial)), $"seed {seed}");
        Assert.True(report.MaintenanceMargin == Sum(report.Lines.Select(line => line.Maintenance)), $"seed {seed}");
        Assert.All(report.Lines, line => Assert.True(line.Initial >= Money.Zero && line.Maintenance >= Money.Zero));
    });

    [Fact]
    public void INV_M1_Empty_portfolio_needs_exactly_nothing()
    {
        MarginReport report = Assess(new SyntheticMarket(0), LawMarket.Empty);
        Assert.Equal(Money.Zero, report.InitialMargin);
        Assert.Equal(Money.Zero, report.TargetMargin);
        Assert.Equal(Money.Zero, report.MaintenanceMargin);
        Assert.Null(report.MarginRatio);
        Assert.Equal(MarginStage.Healthy, report.Stage);
    }

    [Fact]
    public void INV_M2_A_portfolio_that_loses_at_least_as_much_everywhere_has_at_least_the_core() => Each(
        (market, seed) =>
    {
        Subaccount worse = market.Draw();
        Int128 lots = market.Next(1, 1000);
        Subaccount better = LawMarket.Merge(worse, Of(LawMarket.Hold(market.Gift, lots)));
        RequireSameSide(market, worse, better, seed);
    });

    [Fact]
    public void INV_M3_Merging_accounts_never_raises_the_coherent_core() => Each((market, seed) =>
    {
        Subaccount left = market.Draw();
        Subaccount right = market.Draw();
        MarginReport merged = Assess(market, LawMarket.Merge(left, right));
        foreach ((Money whole, Money parts) in Sides(merged, [Assess(market, left), Assess(market, right)]))
        {
            Assert.True(whole <= parts, $"seed {seed}: {whole} exceeds {parts}");
        }
    });

    // The classic counter-example: two independent bonds that default with 4 % each. Each alone has VaR 95 % of 0,
    // both together lose one default with probability 7.84 % (McNeil, Frey, Embrechts 2005, example 6.7, simplified).
    [Fact]
    public void INV_M3_Value_at_risk_alone_is_not_sub_additive_but_expected_shortfall_is()
    {
        int[] weights = [16, 384, 384, 9216];
        Int128[] first = [100, 100, 0, 0];
        Int128[] second = [100, 0, 100, 0];
        Int128[] both = [200, 100, 100, 0];
        TailLevel level = TailLevel.OfThousandths(950);
        TailMeasure[] alone =
            [TailEstimators.Measure(first, weights, level), TailEstimators.Measure(second, weights, level)];
        TailMeasure together = TailEstimators.Measure(both, weights, level);
        Assert.True(together.ValueAtRisk > alone[0].ValueAtRisk + alone[1].ValueAtRisk);
        Assert.True(together.ExpectedShortfallUp <= alone[0].ExpectedShortfallUp + alone[1].ExpectedShortfallUp);
    }

    [Fact]
    public void INV_M4_Core_is_homogeneous_before_rounding_and_never_more_after() => Each((market, seed) =>
    {
        int factor = market.Next(1, 50);
        Subaccount lots = market.DrawLots();
        Subaccount any = market.Draw();
        foreach (MarginHorizon horizon in Enum.GetValues<MarginHorizon>())
        {
            CoreEstimate one = Estimate(market, lots, horizon);
            CoreEstimate many = Estimate(market, LawMarket.Times(lots, factor), horizon);
            Assert.True(many.Shortfall.TailSum == factor * one.Shortfall.TailSum, $"seed {seed}");
            (CoreRequirement whole, CoreRequirement part) = (many.Requirement, one.Requirement);
            Assert.True(whole.ValueAtRisk.MicroDollars == factor * part.ValueAtRisk.MicroDollars, $"seed {seed}");
            Assert.True(whole.Amount.MicroDollars <= factor * part.Amount.MicroDollars, $"seed {seed}");
            Assert.True(
                Estimate(market, LawMarket.Times(any, factor), horizon).Requirement.Amount.MicroDollars
                    <= factor * Estimate(market, any, horizon).Requirement.Amount.MicroDollars,
                $"seed {seed}");
        }
    });

    [Fact]
    public void INV_M5_Coherent_core_of_the_net_portfolio_is_at_most_that_of_any_split() => Each((market, seed) =>
    {
        Subaccount[] parts = [.. Enumerable.Range(0, market.Next(2, 5)).Select(_ => market.Draw(3))];
        MarginReport net = Assess(market, parts.Aggregate(LawMarket.Merge));
        foreach ((Money whole, Money split) in Sides(net, [.. parts.Select(part => Assess(market, part))]))
        {
            Assert.True(whole <= split, $"seed {seed}: {whole} exceeds {split}");
        }
    });

    [Fact]
    public void INV_M5_A_portfolio_and_its_exact_opposite_need_nothing() => Each((market, seed) =>
    {
        Subaccount drawn = market.Draw() with { Collateral = [] };
        MarginReport report = Assess(market, LawMarket.Merge(drawn, LawMarket.Opposite(drawn)));
        Assert.True(report.InitialMargin == Money.Zero && report.MaintenanceMargin == Money.Zero, $"seed {seed}");
        Assert.True(report.Equity == Money.Zero && report.Positions.IsEmpty, $"seed {seed}");
    });

    [Fact]
    public void INV_M6_Order_of_rows_splitting_of_lots_and_threads_do_not_change_a_bit() => Each(
        (market, seed) =>
    {
        Subaccount drawn = market.Draw();
        Subaccount other = drawn with
        {
            Collateral = [.. market.Shuffled(drawn.Collateral.SelectMany(balance => Split(market, balance)))],
            Positions = [.. market.Shuffled(drawn.Positions.SelectMany(position => Split(market, position)))],
        };
        Assert.True(CanonicalEncoding.DigestOf(drawn) == CanonicalEncoding.DigestOf(other), $"seed {seed}");
        MarginReport otherwise = PortfolioMargin.Assess(other, market.ArraysMadeOtherwise, LawMarket.Parameters);
        Assert.True(
            ReportAssembly.DigestOf(Assess(market, drawn)) == ReportAssembly.DigestOf(otherwise), $"seed {seed}");
    });

    [Fact]
    public void INV_M7_A_deposit_of_numeraire_raises_equity_by_itself_and_changes_no_requirement() => Each(
        (market, seed) =>
    {
        Subaccount before = market.Draw();
        Int128 deposit = market.Next(0, int.MaxValue);
        CollateralBalance cash = new(AssetId.Numeraire, deposit, string.Empty, BridgeClass.Native);
        MarginReport without = Assess(market, before);
        MarginReport with = Assess(market, before with { Collateral = before.Collateral.Add(cash) });
        Assert.True(with.Equity - without.Equity == Money.FromMicroDollars(deposit), $"seed {seed}");
        Assert.True(with.InitialMargin == without.InitialMargin, $"seed {seed}");
        Assert.True(with.MaintenanceMargin == without.MaintenanceMargin, $"seed {seed}");
        Assert.True(with.TargetMargin == without.TargetMargin, $"seed {seed}");
        Assert.Equal(without.Lines, with.Lines);
    });

    [Fact]
    public void Component_losses_sum_to_the_core_to_the_last_unit() => Each((market, seed) =>
    {
        MarginReport report = Assess(market, market.Draw());
        Money sum = Sum(report.Positions.Select(line => line.ComponentLoss))
            + Sum(report.Collateral.Select(line => line.ComponentLoss));
        Assert.True(sum == report.CoreMaintenance.Amount, $"seed {seed}: {report.CoreMaintenance.Binding}");
        Assert.True(
            report.Equity == report.CollateralValue + Sum(report.Positions.Select(line => line.MarkValue)),
            $"seed {seed}");
    });

    private static void RequireSameSide(LawMarket market, Subaccount worse, Subaccount better, int seed)
    {
        foreach (MarginHorizon horizon in Enum.GetValues<MarginHorizon>())
        {
            CoreEstimate above = Estimate(market, worse, horizon);
            CoreEstimate below = Estimate(market, better, horizon);
            bool isDominated = true;
            for (int scenario = 0; scenario < above.Losses.Count; scenario++)
            {
                isDominated &= above.Losses[scenario] >= below.Losses[scenario];
            }

            // A short gift in the drawn account leaves its rounding unit when netted away; the gift still dominates.
            Assert.True(isDominated, $"seed {seed}: the gift does not dominate");
            Assert.True(above.Requirement.Amount >= below.Requirement.Amount, $"seed {seed}");
        }
    }

    private static IEnumerable<(Money Whole, Money Parts)> Sides(MarginReport whole, MarginReport[] parts) =>
    [
        (whole.CoreMaintenance.Coherent, Sum(parts.Select(part => part.CoreMaintenance.Coherent))),
        (whole.CoreInitial.Coherent, Sum(parts.Select(part => part.CoreInitial.Coherent))),
    ];

    private static IEnumerable<Position> Split(LawMarket market, Position position)
    {
        Int128 first = market.Next(-100, 100);
        decimal? price = position.Entries[0].EntryPriceUsd;
        return
        [
            LawMarket.Hold(position.Instrument, first, price),
            LawMarket.Hold(position.Instrument, position.Lots - first, price * 1.000m),
        ];
    }

    private static IEnumerable<CollateralBalance> Split(LawMarket market, CollateralBalance balance)
    {
        Int128 first = Int128.Min(balance.Units, market.Next(0, 1000));
        return [balance with { Units = first }, balance with { Units = balance.Units - first }];
    }

    private static Subaccount Of(Position position) => new("one", [], [position]);

    private static Money Sum(IEnumerable<Money> amounts) =>
        amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    private static MarginReport Assess(LawMarket market, Subaccount subaccount) =>
        PortfolioMargin.Assess(subaccount, market.Arrays, LawMarket.Parameters);

    private static CoreEstimate Estimate(LawMarket market, Subaccount subaccount, MarginHorizon horizon)
    {
        ImmutableArray<Exposure> exposures = PortfolioMargin.ExposuresOf(
            SubaccountNetting.Net(subaccount), market.Arrays, LawMarket.Parameters, ProtocolHoldings.Neutral);
        return CoreEstimate.Of(ScenarioLosses.Of(exposures, market.Arrays, horizon), LawMarket.Parameters.Margin);
    }

    private static void Each(Action<LawMarket, int> law)
    {
        for (int seed = 0; seed < PortfolioCount / PortfoliosPerMarket; seed++)
        {
            Repeat(law, new PricedMarket(seed), seed);
        }

        for (int seed = 0; seed < SyntheticCount / PortfoliosPerMarket; seed++)
        {
            Repeat(law, new SyntheticMarket(seed), -1 - seed);
        }
    }

    private static void Repeat(Action<LawMarket, int> law, LawMarket market, int seed)
    {
        for (int portfolio = 0; portfolio < PortfoliosPerMarket; portfolio++)
        {
            law(market, seed);
        }
    }
}
