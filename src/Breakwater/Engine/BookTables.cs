using Breakwater.Books;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Engine;

/// <summary>A valuation as sweeps and lines read it: tiles of both horizons and constants of the lines. All threads
/// read the same tables; they are loaded again, row by row, where a valuation brought new rows.</summary>
internal sealed class BookTables
{
    /// <summary>Loads a valuation whole.</summary>
    /// <param name="valuation">The valuation; at least one row.</param>
    internal BookTables(MarketValuation valuation)
    {
        Valuation = valuation;
        Maintenance = new TiledArrays(ScenarioTiling.Of(valuation.Scenarios.Maintenance), valuation.Arrays.Rows.Length);
        Initial = new TiledArrays(ScenarioTiling.Of(valuation.Scenarios.Initial), valuation.Arrays.Rows.Length);
        Constants = LineConstants.Of(valuation.Arrays, Parameters);
    }

    /// <summary>The valuation that is loaded.</summary>
    internal MarketValuation Valuation { get; private set; }

    /// <summary>Governed constants.</summary>
    internal RiskParameters Parameters => Valuation.Ground.Parameters;

    /// <summary>Tiles of the maintenance horizon.</summary>
    internal TiledArrays Maintenance { get; }

    /// <summary>Tiles of the initial horizon.</summary>
    internal TiledArrays Initial { get; }

    /// <summary>Constants of the lines.</summary>
    internal LineConstants Constants { get; private set; }

    /// <summary>Whether a valuation has the same rows, parameters and places of scenarios, so that it can be loaded in
    /// place; weights and dampening of its sets are taken over.</summary>
    internal bool Fits(MarketValuation after)
    {
        if (!ReferenceEquals(after.Ground.Parameters, Parameters)
            || !HasSameRows(after.Arrays, Valuation.Arrays))
        {
            return false;
        }

        return ReferenceEquals(after.Scenarios, Valuation.Scenarios)
            || (TryRenew(Maintenance, after.Scenarios.Maintenance) && TryRenew(Initial, after.Scenarios.Initial));
    }

    private static bool TryRenew(TiledArrays arrays, ScenarioSet set)
    {
        ScenarioTiling? renewed = arrays.Tiling.Renewed(set);
        if (renewed is null || renewed.WeightTotal != arrays.Tiling.WeightTotal) return false;
        arrays.Renew(renewed);
        return true;
    }

    /// <summary>Whether two sets of arrays are about the same instruments in the same order.</summary>
    internal static bool HasSameRows(RiskArrays left, RiskArrays right)
    {
        if (left.Rows.Length != right.Rows.Length || left.Assets.Length != right.Assets.Length) return false;
        for (int row = 0; row < left.Rows.Length; row++)
        {
            if (!ReferenceEquals(left.Rows[row].Instrument, right.Rows[row].Instrument)
                && left.Rows[row].Instrument != right.Rows[row].Instrument)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a valuation that fits; its rows are then loaded one by one.</summary>
    /// <returns>Bits of the assets that were revalued since.</returns>
    internal ulong Take(MarketValuation after)
    {
        ulong changed = 0;
        foreach (StageResult<RowKey, RowGroup> own in after.Stages.Rows.Results)
        {
            bool isSame = Valuation.Stages.Rows.Find(own.Asset) is { } known
                && ReferenceEquals(known.Value, own.Value)
                && Valuation.Arrays.TermsOf(own.Asset) == after.Arrays.TermsOf(own.Asset);
            if (!isSame) changed |= LiveAccount.BitOf(own.Asset, after.Arrays);
        }

        Valuation = after;
        if (changed != 0) Constants = LineConstants.Of(after.Arrays, Parameters);
        return changed;
    }

    /// <summary>Forgets how far rows have moved: every book has been refreshed since they were loaded.</summary>
    internal void ForgetMoves()
    {
        Maintenance.ForgetMoves();
        Initial.ForgetMoves();
    }

    /// <summary>Loads one row of both horizons.</summary>
    /// <param name="row">Index of the row.</param>
    internal void Load(int row)
    {
        Load(Maintenance, row, MarginHorizon.Maintenance);
        Load(Initial, row, MarginHorizon.Initial);
    }

    private void Load(TiledArrays target, int row, MarginHorizon horizon) => target.Load(
        row,
        Valuation.Arrays.Entries(row, horizon, RevaluationTime.Frozen),
        Valuation.Arrays.Entries(row, horizon, RevaluationTime.Advanced));
}
