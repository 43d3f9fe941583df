using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Revaluation;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Margin;

/// <summary>M9 of RELIABILITY 3 over 10⁴ random portfolios: margins of two markets that hardly differ hardly differ.
/// </summary>
/// <remarks>
/// Let G be the greatest growth of spot in a scenario (6: +500 %) and F ≤ 1.1·S. Under the same scenarios the P&amp;L
/// of one unit, V(F') − V(F), moves by at most:
/// price: (G + 1)·F per unit of log price, because V(F, K) = F·c(K/F) with 0 ≤ −c' ≤ 1 on a surface free of vertical
/// arbitrage; sticky-strike scenarios read the surface elsewhere and may take twice that;
/// volatility: (G + 1)·φ(0)·√w·F ≤ 0.7·(G + 1)·F per unit of log volatility, √w ≤ 1.7 on these surfaces;
/// time: (G + 1)·φ(0)·F·√(σ²·Δt), σ ≤ 2.5 the greatest forward volatility of a shocked surface: Hölder with exponent ½.
/// A core is 1-Lipschitz in the losses; IM may be 1.25 × MM. Each lot adds two units of rounding.
/// </remarks>
public sealed class ContinuityLaws
{
    private const int PortfolioCount = 10_000;
    private const int RandomScenarios = 30;
    private const double GrowthMax = 6.0;
    private const double PerPrice = 2.0 * 1.1 * 1.25 * (GrowthMax + 1.0);
    private const double PerVolatility = 0.7 * 1.1 * 1.25 * (GrowthMax + 1.0);
    private const double PerRootYear = 0.4 * 2.5 * 1.1 * 1.25 * (GrowthMax + 1.0);
    private const double Bump = 1e-6;
    private const double MicroPerUsd = 1e6;

    private static readonly Timestamp FirstExpiry = Timestamp.Parse("2026-02-06T08:00:00Z");

    // Where something happens between two instants: milliseconds before the first expiry, half of the step later.
    private static readonly long[] Events =
    [
        2, // T → 0⁺, the last instants of the settlement window
        30 * 60_000, // the window opens
        4 * Timestamp.HourMilliseconds, // settled at the maintenance horizon from here on
        (4 * Timestamp.HourMilliseconds) + (30 * 60_000),
        12 * Timestamp.HourMilliseconds, // at the initial horizon; the next expiry's last day begins there
        (12 * Timestamp.HourMilliseconds) + (30 * 60_000),
    ];

    [Fact]
    public void INV_M9_Margins_are_Lipschitz_in_prices_and_volatilities_and_Hoelder_in_time()
    {
        const int markets = 25;
        for (int seed = 0; seed < markets; seed++)
        {
            Neighbourhood place = Neighbourhood.Of(seed);
            PricedMarket drawing = new(seed);
            for (int portfolio = 0; portfolio < PortfolioCount / markets; portfolio++)
            {
                Subaccount book = drawing.Draw(3);
                double units = MicroPerUsd * GrossUsd(book, place.Base);
                double rounding = 2.0 + (2.5 * Lots(book));
                MarginReport report = Assess(book, place.Base);
                Check(report, Assess(book, place.Dearer), (PerPrice * Bump * units) + rounding, $"price, {place.Name}");
                double limit = (PerVolatility * Bump * units) + rounding;
                Check(report, Assess(book, place.Wilder), limit, $"volatility, {place.Name}");
                double root = Math.Sqrt(place.StepMilliseconds / (double)Timestamp.YearMilliseconds);
                limit = (PerRootYear * root * units) + rounding;
                Check(report, Assess(book, place.Later), limit, $"time, {place.Name}");
            }
        }
    }

    private static void Check(MarginReport one, MarginReport other, double limitMicroUsd, string what)
    {
        Compare(one.CoreMaintenance.Amount.MicroDollars, other.CoreMaintenance.Amount.MicroDollars);
        Compare(one.CoreInitial.Amount.MicroDollars, other.CoreInitial.Amount.MicroDollars);
        Compare(one.MaintenanceMargin.MicroDollars, other.MaintenanceMargin.MicroDollars);
        Compare(one.InitialMargin.MicroDollars, other.InitialMargin.MicroDollars);

        void Compare(Int128 before, Int128 after)
        {
            double change = (double)Int128.Abs(after - before);
            Assert.True(change <= limitMicroUsd, $"{what}: {before} to {after}, more than {limitMicroUsd}");
        }
    }

    // Σ |units| × index; coin that inverse contracts have earned counts like a holding.
    private static double GrossUsd(Subaccount book, RiskArrays arrays)
    {
        double gross = 0.0;
        foreach (Position position in book.Positions)
        {
            RiskRow row = arrays.Rows[arrays.IndexOf(position.Instrument)];
            double index = arrays.TermsOf(position.Instrument.Underlying)!.IndexMicroUsd / MicroPerUsd;
            double lots = Math.Abs((double)position.Lots) * (double)row.LotQuantity;
            gross += position.Instrument switch
            {
                Spot => lots / UnitsOf(position.Instrument.Underlying) * index,
                VanillaOption => lots * index,
                Perpetual { Settlement: Settlement.Linear } => lots * index,
                DatedFuture { Settlement: Settlement.Linear } => lots * index,
                _ => lots * (1.0 + (index / (double)(position.Entries[0].EntryPriceUsd ?? (decimal)index))),
            };
        }

        return gross + book.Collateral.Where(static own => own.Asset != AssetId.Numeraire).Sum(own =>
            (double)own.Units / UnitsOf(own.Asset) * arrays.TermsOf(own.Asset)!.IndexMicroUsd / MicroPerUsd);
    }

    private static double Lots(Subaccount book) =>
        book.Positions.Where(static own => own.Instrument is not Spot).Sum(static own => Math.Abs((double)own.Lots));

    private static double UnitsOf(AssetId asset) =>
        (double)DecimalParts.PowerOfTen(LawMarket.Parameters.Find(asset)!.TokenDecimals);

    private static MarginReport Assess(Subaccount book, RiskArrays arrays) =>
        PortfolioMargin.Assess(book, arrays, LawMarket.Parameters);

    /// <summary>A market, and one of slightly higher prices, one of slightly higher volatility, one slightly later.
    /// </summary>
    private sealed record Neighbourhood(
        string Name, RiskArrays Base, RiskArrays Dearer, RiskArrays Wilder, RiskArrays Later, int StepMilliseconds)
    {
        // Every second bump of price takes one forward through a strike; the first six steps in time cross an event.
        public static Neighbourhood Of(int seed)
        {
            Random random = new(seed);
            bool isEvent = seed < Events.Length;
            int step = isEvent ? 2 : random.Next(1, 60_000);
            long before = isEvent ? Events[seed] + 1 : random.NextInt64(120_000, 14 * Timestamp.HourMilliseconds);
            Timestamp at = FirstExpiry.AddMilliseconds(-before);
            string date = TinyMarket.DateTexts[random.Next(TinyMarket.DateTexts.Length)];
            double strike = TinyMarket.BtcStrikes[random.Next(TinyMarket.BtcStrikes.Length)];
            double years = ((DatedFuture)InstrumentName.Parse($"BTC-{date}")).Expiry.YearsSince(at);
            double index = seed % 2 == 0
                ? strike * Math.Exp((-TinyMarket.BtcCarry * years) - (Bump / 2.0))
                : 30_000.0 + (70_000.0 * random.NextDouble());
            double volatility = 0.3 + random.NextDouble();
            return new Neighbourhood(
                $"market {seed}",
                Arrays(seed, index, volatility, at),
                Arrays(seed, index * Math.Exp(Bump), volatility, at),
                Arrays(seed, index, volatility * (1.0 + Bump), at),
                Arrays(seed, index, volatility, at.AddMilliseconds(step)),
                step);
        }

        // Closing costs grow faster than size, so no constant per dollar bounds them for books of any size.
        private static RiskArrays Arrays(int seed, double btcIndex, double volatility, Timestamp at) =>
            ChargedMarket.With(
                Sheet.Run(TinyMarket.Build(RandomScenarios, seed, btcIndex, volatility, at), TinyMarket.Instruments),
                terms => terms with { Liquidity = null });
    }
}
