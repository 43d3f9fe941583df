using Breakwater.Accounts;
using Breakwater.Books;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;
using Breakwater.Scenarios;

namespace Breakwater.Engine;

/// <summary>A valuation as sweeps and lines read it: tiles of both horizons and constants of the lines. All threads
/// read the same tables; they are loaded again, row by row, where a valuation brought new rows.</summary>
/// <remarks>Only rows that somebody has asked for are loaded (docs/adr/0110): of the instruments that are listed few
/// are held. Spot is always asked for, because gains and balances of coin come and go without a trade.</remarks>
internal sealed class BookTables
{
    private readonly bool[] _isAsked;
    private readonly bool[] _isOld; // rows that stand otherwise in the tiles, or not at all

    /// <summary>Loads a valuation whole.</summary>
    /// <param name="valuation">The valuation; at least one row.</param>
    internal BookTables(MarketValuation valuation)
    {
        Valuation = valuation;
        Maintenance = new TiledArrays(ScenarioTiling.Of(valuation.Scenarios.Maintenance), valuation.Arrays.Rows.Length);
        Initial = new TiledArrays(ScenarioTiling.Of(valuation.Scenarios.Initial), valuation.Arrays.Rows.Length);
        Constants = LineConstants.Of(valuation.Arrays, Parameters);
        _isAsked = [.. valuation.Arrays.Rows.Select(static row => row.Instrument is Spot)];
        _isOld = new bool[_isAsked.Length];
        Array.Fill(_isOld, true);
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

    /// <summary>Asks for the rows of what an account holds; from then on they are loaded with every valuation.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <returns>Whether some of them have to be loaded first.</returns>
    internal bool Ask(LiveAccount account)
    {
        bool isDue = false;
        foreach (Position position in account.Subaccount.Positions)
        {
            int row = Valuation.Arrays.IndexOf(position.Instrument);
            if (row < 0) continue;
            _isAsked[row] = true;
            isDue |= _isOld[row];
        }

        return isDue;
    }

    /// <summary>Rows that have to be loaded before anybody sweeps.</summary>
    internal int[] Due() => [.. Enumerable.Range(0, _isOld.Length).Where(row => _isAsked[row] && _isOld[row])];

    /// <summary>Stops where a book would read a row that is not loaded.</summary>
    /// <param name="holdings">The book.</param>
    internal void MustHold(BookHoldings holdings)
    {
        foreach (Holding own in holdings.Holdings) Check.That(!_isOld[own.Row], "a row that is held is not loaded");
        foreach (ref readonly CoinHolding own in holdings.CoinsOf(0, holdings.AccountGroup[^1]))
        {
            Check.That(!_isOld[own.Row], "a row of coin is not loaded");
        }
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
        if (changed == 0) return 0;
        Constants = LineConstants.Of(after.Arrays, Parameters);
        for (int row = 0; row < _isOld.Length; row++)
        {
            AssetId asset = after.Arrays.Rows[row].Instrument.Underlying;
            _isOld[row] |= (LiveAccount.BitOf(asset, after.Arrays) & changed) != 0;
        }

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
        _isOld[row] = false;
    }

    private void Load(TiledArrays target, int row, MarginHorizon horizon) => target.Load(
        row,
        Valuation.Arrays.Entries(row, horizon, RevaluationTime.Frozen),
        Valuation.Arrays.Entries(row, horizon, RevaluationTime.Advanced));
}
