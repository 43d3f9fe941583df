using System.Collections.Immutable;
using Breakwater.Books;
using Breakwater.Margin;
using Breakwater.Margin.Tails;
using Breakwater.Revaluation;
using Breakwater.Scenarios;
using Breakwater.Tests.Margin;
using Breakwater.Tests.Revaluation;

namespace Breakwater.Tests.Books;

/// <summary>One account whose loss in a deterministic scenario lies a stated number of units above the greater of its
/// expected shortfall and its value at risk, at the initial horizon.</summary>
internal sealed class TiedWorld
{
    private readonly ImmutableArray<BookRow> _rows;

    public TiedWorld(int seed, long unitsAbove)
    {
        BookWorld world = new(seed);
        Arrays = Changed(world.Arrays, static _ => 0L);
        ImmutableArray<BookRow> drawn = world.Accounts.MaxBy(static account => account.Length);
        int asset = drawn.IsEmpty ? 0 : drawn[0].Asset;
        _rows = [.. drawn.Where(row => row.Row != 0 && row.Asset == asset), new BookRow(0, asset, 1, 0, 0)];
        CoreRequirement before = CoreEstimate.Of(LossesOf(Arrays), LawMarket.Parameters.Margin).Requirement;
        Int128 target = Int128.Max(before.ExpectedShortfall.MicroDollars, before.ValueAtRisk.MicroDollars) + unitsAbove;
        int tied = Tied(Arrays.Scenarios.Initial);
        Int128 loss = LossesOf(Arrays)[tied];
        Arrays = Changed(Arrays, scenario => scenario == tied ? (long)(loss - target) : 0L);
        Book = new BookDraft().Add(_rows.AsSpan()).Build();
    }

    public RiskArrays Arrays { get; }

    public BookHoldings Book { get; }

    /// <summary>The plain core.</summary>
    public Int128 PlainCore =>
        CoreEstimate.AmountOf(
            LossesOf(Arrays), TailBasis.Of(Arrays.Scenarios.Initial, LawMarket.Parameters.Margin)).MicroDollars;

    private ScenarioLosses LossesOf(RiskArrays arrays) => ScenarioLosses.Of(
        [
            .. _rows.Select(row => new Exposure(
                [new ExposureLeg(row.Row, row.Lots, row.Lots, 0)], row.FundingMaintenance, row.FundingInitial, 0, 0)),
        ],
        arrays, MarginHorizon.Initial);

    // A deterministic scenario that is not dampened, or else any.
    private static int Tied(ScenarioSet set) => set.Scenarios.Where(static own => own.Weight == 0)
        .OrderByDescending(static own => own.DampeningNano).First().Id;

    // The first row earns what is said in each scenario, the others what they did.
    private static RiskArrays Changed(RiskArrays arrays, Func<int, long> entryOf)
    {
        List<long> entries = [];
        for (int row = 0; row < arrays.Rows.Length; row++)
        {
            foreach ((MarginHorizon horizon, RevaluationTime time) in Sheet.All)
            {
                if (row > 0) entries.AddRange(arrays.Entries(row, horizon, time));
                else entries.AddRange(Enumerable.Range(0, arrays.ScenarioCount).Select(entryOf));
            }
        }

        return new RiskArrays(arrays.Rows, arrays.Assets, arrays.Scenarios, [.. entries], arrays.Findings);
    }
}
