using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Tests.Margin;

/// <summary>Laws of the add-ons over random books: exact sums, sizes, multipliers, memory, flow.</summary>
public sealed class AddOnLaws
{
    private const int MarketCount = 40;
    private const int BooksPerMarket = 50;
    private const long Nano = 1_000_000_000;

    [Fact]
    public void INV_M1_Lines_with_add_ons_sum_to_ordered_margins_and_parts_to_their_lines() => Each(
        (market, arrays, seed) =>
    {
        MarginReport report = Assess(market.Draw(), arrays);
        Assert.True(Money.Zero <= report.MaintenanceMargin, $"seed {seed}");
        Assert.True(report.MaintenanceMargin <= report.TargetMargin, $"seed {seed}");
        Assert.True(report.TargetMargin <= report.InitialMargin, $"seed {seed}");
        Assert.True(report.InitialMargin == Sum(report.Lines.Select(line => line.Initial)), $"seed {seed}");
        Assert.True(report.MaintenanceMargin == Sum(report.Lines.Select(line => line.Maintenance)), $"seed {seed}");
        foreach (IGrouping<string, MarginLinePart> parts in report.LineParts.GroupBy(part => part.Line))
        {
            MarginLine line = report.Lines.Single(own => own.Name == parts.Key);
            Assert.True(line.Initial == Sum(parts.Select(part => part.Initial)), $"seed {seed} {parts.Key}");
            Assert.True(line.Maintenance == Sum(parts.Select(part => part.Maintenance)), $"seed {seed} {parts.Key}");
        }
    });

    [Fact]
    public void INV_M4_Many_copies_of_a_book_ask_at_least_as_many_times_its_total() => Each((market, arrays, seed) =>
    {
        Subaccount book = market.DrawLots(); // a haircut rounds collateral to its least unit, worth more than ours
        int factor = market.Next(2, 40);
        Subaccount copies = LawMarket.Times(book, factor);
        if (!MarginAdmission.Check(SubaccountNetting.Net(copies), arrays, LawMarket.Parameters).IsEmpty)
        {
            return; // too large for exact sums
        }

        MarginReport one = Assess(book, arrays);
        MarginReport many = Assess(copies, arrays);
        Money slack = Money.FromMicroDollars(one.Lines.Length);
        RequireAtLeast(many.InitialMargin, factor, one.InitialMargin - slack, $"seed {seed}");
        RequireAtLeast(many.MaintenanceMargin, factor, one.MaintenanceMargin - slack, $"seed {seed}");
    });

    [Fact]
    public void Row_3_INV_M12_Doubling_a_position_more_than_doubles_what_it_costs_to_close() => Each(
        (market, arrays, seed) =>
    {
        Subaccount book = market.Draw(2);
        Money one = Line(Assess(book, arrays), "Liquidity").Initial;
        Money two = Line(Assess(LawMarket.Times(book, 2), arrays), "Liquidity").Initial;
        Money slack = Money.FromMicroDollars(1);
        Assert.True(two + slack + slack >= one + one, $"seed {seed}: {two} for twice {one}");
        if (one > Money.FromMicroDollars(10_000_000_000))
        {
            Assert.True(two > one + one, $"seed {seed}: {two} for twice {one}");
        }
    });

    [Fact]
    public void Row_6_INV_M12_Half_the_depth_or_volume_never_costs_less_and_a_tenth_costs_more() => Each(
        (market, arrays, seed) =>
    {
        Subaccount book = market.Draw(3);
        Money before = Line(Assess(book, arrays), "Liquidity").Maintenance;
        Money half = Line(Assess(book, Thinner(arrays, 2)), "Liquidity").Maintenance;
        Money tenth = Line(Assess(book, Thinner(arrays, 10)), "Liquidity").Maintenance;
        Assert.True(before <= half && half <= tenth, $"seed {seed}: {before}, {half}, {tenth}");
        Assert.True(tenth > before || before < Money.FromMicroDollars(1_000_000), $"seed {seed}: {before}, {tenth}");
    });

    [Fact]
    public void A_multiplier_multiplies_the_core_alone_up_to_the_cap() => Each((market, arrays, seed) =>
    {
        Subaccount book = market.Draw();
        MarginReport neutral = Assess(book, arrays);
        foreach ((decimal system, decimal behaviour, decimal learned) in
            (ReadOnlySpan<(decimal, decimal, decimal)>)[(1.2m, 1m, 1m), (1.5m, 1.25m, 1.25m)])
        {
            MarginContext context = new(
                MarginMultipliers.Of(system, behaviour, learned, LawMarket.Parameters.AddOns).Value, Nano);
            MarginReport raised = PortfolioMargin.Assess(book, arrays, LawMarket.Parameters, context);
            Money core = Line(neutral, "Core").Maintenance;
            Money most = MarginLines.TimesUp(core, LawMarket.Parameters.AddOns.MultiplierMaximum - 1m);
            Assert.True(Line(raised, "Core").Maintenance == core, $"seed {seed}");
            Assert.True(Line(raised, "Multipliers").Maintenance <= most, $"seed {seed}");
            Assert.True(Line(raised, "Multipliers").Maintenance >= Line(neutral, "Multipliers").Maintenance);
            Assert.True(raised.InitialMargin >= neutral.InitialMargin, $"seed {seed}");
        }
    });

    [Theory]
    [InlineData("0.999", "1", "1")]
    [InlineData("1.501", "1", "1")]
    [InlineData("1", "1.2501", "1")]
    [InlineData("1", "0", "1.3")]
    public void A_multiplier_below_one_or_above_its_cap_is_refused(string system, string behaviour, string learned)
    {
        static decimal Read(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Result<MarginMultipliers> result = MarginMultipliers.Of(
            Read(system), Read(behaviour), Read(learned), LawMarket.Parameters.AddOns);
        Assert.False(result.IsAccepted);
        Assert.All(result.Failures, failure => Assert.Equal(FailureReason.OutOfRange, failure.Reason));
    }

    [Fact]
    public void INV_M13_Flow_only_tightens_and_no_more_than_its_caps() => Each((market, arrays, seed) =>
    {
        Subaccount book = market.Draw();
        MarginReport without = Assess(book, ChargedMarket.With(arrays, terms => terms with
        {
            Flow = FlowTerms.Neutral,
        }));
        MarginReport with = Assess(book, arrays);
        Assert.True(without.InitialMargin <= with.InitialMargin, $"seed {seed}");
        Assert.True(without.MaintenanceMargin <= with.MaintenanceMargin, $"seed {seed}");
        Assert.True(
            Line(with, "Multipliers").Maintenance <= MarginLines.TimesUp(Line(with, "Core").Maintenance, 0.35m),
            $"seed {seed}");
    });

    [Fact]
    public void Offsets_between_underlyings_never_exceed_their_caps() => Each((market, arrays, seed) =>
    {
        MarginReport report = Assess(market.Draw(), arrays);
        foreach ((Func<UnderlyingLine, Money> own, Func<MarginLine, Money> side) in
            (ReadOnlySpan<(Func<UnderlyingLine, Money>, Func<MarginLine, Money>)>)
            [(line => line.CoreInitial, line => line.Initial),
                (line => line.CoreMaintenance, line => line.Maintenance)])
        {
            Money least = Sum(report.Underlyings.Select(line => MarginLines.TimesUp(own(line), 0.2m)));
            Money asked = side(Line(report, "Core")) + side(Line(report, "Diversification"));
            Assert.True(asked >= least, $"seed {seed}: {asked} below {least}");
        }
    });

    [Fact]
    public void Margin_in_effect_is_the_computed_one_times_the_memory_and_initial_margin_stays_above_it() => Each(
        (market, arrays, seed) =>
    {
        Subaccount book = market.Draw();
        long ratio = market.Next(500_000_000, 1_500_000_000);
        MarginReport computed = Assess(book, arrays);
        MarginReport inEffect = PortfolioMargin.Assess(
            book, arrays, LawMarket.Parameters, new MarginContext(MarginMultipliers.Neutral, ratio));
        Assert.True(inEffect.MaintenanceMargin == computed.MaintenanceMargin.MultiplyUp(ratio, Nano), $"seed {seed}");
        Assert.True(
            inEffect.InitialMargin >= MarginLines.TimesUp(inEffect.MaintenanceMargin, 1.25m), $"seed {seed}");
        Assert.True(inEffect.InitialMargin >= computed.InitialMargin, $"seed {seed}");
        Assert.True(
            Line(inEffect, "Scheduled").Maintenance == inEffect.MaintenanceMargin - computed.MaintenanceMargin);
    });

    [Fact]
    public void INV_M7_A_deposit_changes_no_line_of_a_charged_market() => Each((market, arrays, seed) =>
    {
        Subaccount before = market.Draw();
        CollateralBalance cash = new(AssetId.Numeraire, market.Next(0, int.MaxValue), string.Empty, BridgeClass.Native);
        MarginReport without = Assess(before, arrays);
        MarginReport with = Assess(before with { Collateral = before.Collateral.Add(cash) }, arrays);
        Assert.True(with.Equity - without.Equity == Money.FromMicroDollars(cash.Units), $"seed {seed}");
        Assert.Equal(without.Lines, with.Lines);
    });

    [Fact]
    public void INV_M11_After_the_greatest_withdrawal_equity_still_covers_initial_margin() => Each(
        (market, arrays, seed) =>
    {
        CollateralBalance cash = new(AssetId.Numeraire, (Int128)1 << 80, string.Empty, BridgeClass.Native);
        Subaccount rich = market.Draw() is var drawn ? drawn with { Collateral = drawn.Collateral.Add(cash) } : drawn;
        Int128 free = WithdrawalRule.Free(Assess(rich, arrays)).MicroDollars;
        if (free == 0)
        {
            return; // nothing may be withdrawn
        }

        MarginReport after = Assess(Withdrawn(rich, Int128.Min(free, cash.Units)), arrays);
        Assert.True(after.Equity >= after.InitialMargin, $"seed {seed}");
        Assert.True(WithdrawalRule.Check(after) is null, $"seed {seed}");
        if (free < cash.Units)
        {
            Assert.True(WithdrawalRule.Check(Assess(Withdrawn(rich, free + 1), arrays)) is not null, $"seed {seed}");
        }
    });

    private static Subaccount Withdrawn(Subaccount rich, Int128 amount) => new SubaccountChange(
        [], [new CollateralChange(AssetId.Numeraire, -amount, string.Empty, BridgeClass.Native)]).Apply(rich).Value;

    private static RiskArrays Thinner(RiskArrays arrays, int factor) => ChargedMarket.With(arrays, terms => terms with
    {
        Liquidity = terms.Liquidity! with
        {
            VolumeDailyMicroUsd = terms.Liquidity.VolumeDailyMicroUsd / factor,
            Profile =
            [
                .. terms.Liquidity.Profile.Select(band =>
                    band with { CumulativeMicroUsd = band.CumulativeMicroUsd / factor }),
            ],
        },
    });

    private static void RequireAtLeast(Money whole, int factor, Money part, string what) => Assert.True(
        whole.MicroDollars >= factor * part.MicroDollars, $"{what}: {whole} is below {factor} × {part}");

    private static MarginLine Line(MarginReport report, string name) => report.Lines.Single(line => line.Name == name);

    private static Money Sum(IEnumerable<Money> amounts) =>
        amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    private static MarginReport Assess(Subaccount subaccount, RiskArrays arrays) =>
        PortfolioMargin.Assess(subaccount, arrays, LawMarket.Parameters);

    private static void Each(Action<LawMarket, RiskArrays, int> law)
    {
        for (int seed = 0; seed < MarketCount; seed++)
        {
            LawMarket market = seed % 2 == 0 ? new PricedMarket(seed) : new SyntheticMarket(seed);
            RiskArrays arrays = ChargedMarket.Of(market.Arrays, seed);
            for (int book = 0; book < BooksPerMarket; book++)
            {
                law(market, arrays, seed);
            }
        }
    }
}
