using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Margin;

/// <summary>The arrays of a full revaluation, shared, and the books that traders hold: 230 instruments, inverse and
/// linear, from 14 hours to a year, alone or as spreads, straddles, calendars, hedges and basis trades.</summary>
/// <remarks>One future's profits are made a gift, so that portfolios can be built that dominate others (M2).</remarks>
internal sealed class PricedMarket(int seed) : LawMarket(seed)
{
    private const int RandomScenarios = 60;
    private const int ThreadCount = 4;

    private static readonly Instrument Given = InstrumentName.Parse("BTC_USDC-25DEC26");
    private static readonly TinyMarket Tiny = TinyMarket.Build(RandomScenarios, seed: 11);
    private static readonly RiskArrays OneThread = WithGift(Sheet.Run(Tiny, TinyMarket.Instruments));
    private static readonly RiskArrays ManyThreads = WithGift(Filled());
    private static readonly ImmutableArray<Instrument> Spots = [new Spot(Btc), new Spot(Eth)];

    private static readonly ImmutableArray<VanillaOption> Options =
        [.. TinyMarket.Instruments.OfType<VanillaOption>()];

    private static readonly ImmutableArray<Instrument> Deltas =
        [.. Spots, .. TinyMarket.Instruments.Where(own => own is Perpetual or DatedFuture)];

    public override RiskArrays Arrays => OneThread;

    public override RiskArrays ArraysMadeOtherwise => ManyThreads;

    public override Instrument Gift => Given;

    protected override IEnumerable<Position> DrawStructure()
    {
        Int128 size = DrawSize();
        VanillaOption option = Pick(Options);
        return Random.Next(7) switch
        {
            0 => [DrawPosition(Pick(Deltas), size)],
            1 => [DrawPosition(option, size)],
            2 => Pair(option, size, Like(option, strike: false), -size), // vertical, or one part of a butterfly
            3 => Pair(option, size, Like(option, expiry: false), -size), // calendar
            4 => Pair(option, size, Like(option, strike: false, right: false), size), // straddle, strangle
            5 => Pair(option, size, Pick(Deltas.Where(own => own.Underlying == option.Underlying).ToArray()), -size),
            _ => Pair(Pick(Deltas), size, Pick(Deltas), -size), // basis, or one asset against the other
        };
    }

    /// <summary>Two positions.</summary>
    private IEnumerable<Position> Pair(Instrument first, Int128 lots, Instrument second, Int128 against) =>
        [DrawPosition(first, lots), DrawPosition(second, against)];

    // An option that shares every term with another but those that are false.
    private VanillaOption Like(VanillaOption option, bool strike = true, bool expiry = true, bool right = true) =>
        Pick(Options.Where(own => own.Underlying == option.Underlying && own.Settlement == option.Settlement
            && (!strike || own.StrikeUsd == option.StrikeUsd) && (!expiry || own.Expiry == option.Expiry)
            && (!right || own.Right == option.Right)).ToArray());

    // From shuffled instruments, its units in random order by several threads.
    private static RiskArrays Filled()
    {
        Instrument[] instruments = [.. TinyMarket.Instruments];
        Random random = new(3);
        random.Shuffle(instruments);
        RevaluationPlan plan = FullRevaluation.Prepare(
            instruments, Tiny.Market, Tiny.Forecast, Tiny.Surfaces, Tiny.Scenarios, Tiny.Parameters).Value;
        long[] entries = new long[plan.EntryCount];
        int[] order = [.. Enumerable.Range(0, plan.UnitCount)];
        random.Shuffle(order);
        Parallel.ForEach(order, new ParallelOptions { MaxDegreeOfParallelism = ThreadCount }, unit =>
            Assert.Null(FullRevaluation.Fill(plan, unit, entries)));
        return FullRevaluation.Assemble(plan, [.. entries]);
    }

    private static RiskArrays WithGift(RiskArrays arrays)
    {
        Random random = new(5);
        List<long> entries = [];
        foreach (RiskRow row in arrays.Rows)
        {
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
            {
                ReadOnlySpan<long> own = Sheet.Row(arrays, row.Instrument.Name, horizon, time);
                for (int s = 0; s < own.Length; s++)
                {
                    entries.Add(row.Instrument.Name != Given.Name ? own[s] : s == 0 ? 0 : random.Next(0, 1 << 30));
                }
            }
        }

        return new RiskArrays(arrays.Rows, arrays.Assets, arrays.Scenarios, [.. entries], arrays.Findings);
    }
}
