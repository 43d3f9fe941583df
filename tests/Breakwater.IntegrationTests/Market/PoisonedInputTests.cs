using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Adapters.Files;
using Breakwater.Cli.Market;
using Breakwater.Cli.Terminal;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Margin;
using Breakwater.Margin;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Tests;

namespace Breakwater.IntegrationTests.Market;

/// <summary>METHODOLOGY 12, row 7: one bad quote, print or feed moves no margin by 1 % and liquidates nobody.</summary>
/// <remarks>A part of the cases runs always; all of them with <c>BREAKWATER_POISON=all</c>, which prints the table of
/// docs/methodology/liquidity.md.</remarks>
public sealed class PoisonedInputTests(ITestOutputHelper output)
{
    private const double ChangeMaximum = 0.01; // METHODOLOGY 12, row 7

    // The newest close has no next open: it goes, and with it what the last hour knew. The poison itself moves nothing:
    // every factor gives the same margin, that of a feed one hour late.
    private const double LateHourMaximum = 0.025;
    private const double EquityRatio = 1.10; // an account one tenth above its maintenance margin

    [Theory]
    [MemberData(nameof(RealDay.Names), MemberType = typeof(RealDay))]
    public void Row_7_one_poisoned_input_moves_no_margin_by_one_percent_and_liquidates_nobody(string day)
    {
        RealDay real = RealDay.Of(day);
        MarketObservations seen = Observed(real.Valued.Inputs.Market.At);
        Account[] accounts = [.. Books(real).Select(book => new Account(book.Name, real.Book(0m, book.Legs)))];
        Outcome before = Valued(real, seen, accounts);
        bool isWhole = Environment.GetEnvironmentVariable("BREAKWATER_POISON") == "all";
        (string Group, string Name, MarketObservations Observations)[] cases = [.. PoisonedInput.Of(seen)];
        List<string> broken = [];
        HashSet<double> lateHour = [];
        foreach (IGrouping<string, (string Group, string Name, MarketObservations Observations)> group in
            cases.GroupBy(each => each.Group))
        {
            int step = isWhole ? 1 : Math.Max(1, group.Count() / 3);
            Effect worst = default;
            string worstName = string.Empty;
            foreach ((_, string name, MarketObservations observations) in group.Where((_, index) => index % step == 0))
            {
                Effect effect = Effect.Of(before, Valued(real, observations, accounts));
                bool isNewest = name.StartsWith("1 before the end", StringComparison.Ordinal)
                    && group.Key.StartsWith("hourly", StringComparison.Ordinal);
                double limit = isNewest ? LateHourMaximum : ChangeMaximum;
                lateHour.UnionWith(isNewest ? [effect.Change] : []);
                if (effect.Change > limit || effect.Liquidated > 0)
                {
                    broken.Add(
                        $"{group.Key}: {name}: {effect.Change:P2} of {effect.Book}, {effect.Liquidated} liquidated");
                }

                (worst, worstName) = effect.Change >= worst.Change ? (effect, name) : (worst, worstName);
            }

            output.WriteLine(FormattableString.Invariant(
                $"{day} | {group.Key} | {worstName} | {worst.Book} | {100 * worst.Change:0.00} %"));
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.Single(lateHour); // whatever the poison of the newest print, the margin is the same
    }

    private static IEnumerable<(string Name, (Instrument Instrument, decimal Quantity)[] Legs)> Books(RealDay day)
    {
        Timestamp expiry = day.Valued.Inputs.Market.Find(RealDay.Btc)!.FutureMarks
            .Last(mark => mark.IsListed).Expiry; // the recorded markets list futures
        DatedFuture future = new(RealDay.Btc, Settlement.Linear, expiry);
        return
        [
            .. SampleBooks.Of(day), ("long future", [(future, 10m)]),
            ("basis", [(future, -10m), (new Perpetual(RealDay.Btc, Settlement.Linear), 10m)]),
        ];
    }

    // Everything recorded, and the calm depth of 2025-10-10 as if it were of the last hours.
    private static MarketObservations Observed(Timestamp at)
    {
        MarketFileSelection files = RecordedMarket.Everything with
        {
            Depths = [RecordedMarket.Of("BTC", "binance_btcusdt_perp_bookdepth_2025-10-10.csv.gz")],
        };
        Result<MarketObservations> read = MarketFiles.Read(files, at);
        Assert.True(read.IsAccepted, string.Join('\n', read.Failures));
        return read.Value with
        {
            Underlyings = [.. read.Value.Underlyings.Select(own => own with
            {
                Depths = [.. own.Depths.Select(series => Moved(series, at))],
            })],
        };
    }

    private static DepthSeries Moved(DepthSeries series, Timestamp at)
    {
        long shift = at.MillisecondsSince(series.Samples[^1].At);
        return series with
        {
            Samples = [.. series.Samples.Select(sample => sample with { At = sample.At.AddMilliseconds(shift) })],
        };
    }

    private static Outcome Valued(RealDay day, MarketObservations observations, Account[] accounts)
    {
        SnapshotOutcome.Usable usable = Assert.IsType<SnapshotOutcome.Usable>(SnapshotAssembly.Build(observations));
        ValuedMarket valued = ValuedMarket.Of(
            day.Valued.Inputs with { Market = usable.Market },
            new Progress(new Shell(TextWriter.Null, TextWriter.Null, IsJson: true)));
        Result<RiskArrays> arrays = valued.Revalue(
            accounts.SelectMany(account => account.Book.Positions.Select(own => own.Instrument)).Distinct(), 2);
        Assert.True(arrays.IsAccepted, string.Join('\n', arrays.Failures));
        return new Outcome(
        [
            .. accounts.Select(account => new Assessed(
                account.Name, PortfolioMargin.Assess(account.Book, arrays.Value, day.Parameters))),
        ]);
    }

    private sealed record Account(string Name, Subaccount Book);

    private sealed record Assessed(string Name, MarginReport Report);

    private sealed record Outcome(ImmutableArray<Assessed> Accounts);

    private readonly record struct Effect(double Change, string Book, int Liquidated)
    {
        public static Effect Of(Outcome before, Outcome after)
        {
            Effect worst = new(0d, string.Empty, 0);
            int liquidated = 0;
            foreach ((Assessed was, Assessed then) in before.Accounts.Zip(after.Accounts))
            {
                double maintenance = Usd(was.Report.MaintenanceMargin);
                double change = Math.Max(
                    Math.Abs(Usd(then.Report.MaintenanceMargin) / maintenance - 1d),
                    Math.Abs(Usd(then.Report.InitialMargin) / Usd(was.Report.InitialMargin) - 1d));
                double equity = EquityRatio * maintenance + Usd(then.Report.Equity) - Usd(was.Report.Equity);
                liquidated += equity < Usd(then.Report.MaintenanceMargin) ? 1 : 0;
                worst = change > worst.Change ? new Effect(change, was.Name, 0) : worst;
            }

            return worst with { Liquidated = liquidated };
        }

        private static double Usd(Money money) => (double)money.MicroDollars * 1e-6;
    }
}
