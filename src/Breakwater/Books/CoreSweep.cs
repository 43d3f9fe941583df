using System.Runtime.Intrinsics;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Cores of accounts by the block: scratch of one thread, made once and used at every tick.</summary>
/// <remarks>
/// Equal to <c>CoreEstimate.AmountOf</c> to the last unit, because everything summed is a whole number below 2⁵³ and
/// every comparison is exact (PERFORMANCE 2.6). Steps: deterministic scenarios; coarse bounds leave out tiles; bounds
/// of cells leave out cells; losses of the other cells at or above a threshold are candidates; selection. Where
/// candidates weigh too little, or are too many, the account is done again without a threshold.
/// </remarks>
public sealed class CoreSweep
{
    /// <summary>Accounts of a block: more of them read the tiles less often, fewer keep candidates in the last cache.
    /// </summary>
    public const int BlockAccountsDefault = 10_000;

    private readonly TailMasses _masses;
    private readonly int _blockAccounts;
    private readonly TailScratch _scratch;

    /// <summary>Scratch for tilings of one shape.</summary>
    /// <param name="tiling">Where scenarios stand.</param>
    /// <param name="masses">Tails; default where no scenario has weight.</param>
    /// <param name="blockAccounts">Accounts of a block; ≥ 1.</param>
    public CoreSweep(ScenarioTiling tiling, TailMasses masses, int blockAccounts = BlockAccountsDefault)
    {
        ArgumentNullException.ThrowIfNull(tiling);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockAccounts, 1);
        Tiling = tiling;
        _masses = masses;
        _blockAccounts = blockAccounts;
        _scratch = new TailScratch(tiling, masses, blockAccounts);
    }

    /// <summary>A sweep that shares the scratch of another, which must not run at the same time.</summary>
    /// <param name="tiling">Where scenarios stand: as many places as the other's.</param>
    /// <param name="masses">Tails, the same shares of the weight.</param>
    /// <param name="sharing">The other.</param>
    internal CoreSweep(ScenarioTiling tiling, TailMasses masses, CoreSweep sharing)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiling.TileCount, sharing.Tiling.TileCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            tiling.DampeningNano.Length, sharing.Tiling.DampeningNano.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(masses, sharing._masses);
        (Tiling, _masses, _blockAccounts, _scratch) = (tiling, masses, sharing._blockAccounts, sharing._scratch);
    }

    /// <summary>Where scenarios stand.</summary>
    public ScenarioTiling Tiling { get; private set; }

    /// <summary>What the last call did.</summary>
    public SweepCounts Counts { get; private set; }

    /// <summary>Takes over the weights and dampening of another set.</summary>
    /// <param name="tiling">What <see cref="ScenarioTiling.Renewed"/> gave; of the same weight in all.</param>
    public void Renew(ScenarioTiling tiling)
    {
        ArgumentNullException.ThrowIfNull(tiling);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiling.WeightTotal, Tiling.WeightTotal);
        Tiling = tiling;
    }

    /// <summary>Cores of some accounts, with the widest vectors of the hardware.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="book">Holdings.</param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="firstAccount">First account.</param>
    /// <param name="accountCount">How many.</param>
    /// <param name="cores">Filled in the slots of these accounts; thresholds are read and renewed.</param>
    public void Run(
        TiledArrays arrays,
        BookHoldings book,
        MarginHorizon horizon,
        int firstAccount,
        int accountCount,
        BookCores cores)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<TailLanes8, Vector512<double>>(arrays, book, horizon, firstAccount, accountCount, cores);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<TailLanes4, Vector256<double>>(arrays, book, horizon, firstAccount, accountCount, cores);
        }
        else
        {
            Run<TailLanes1, double>(arrays, book, horizon, firstAccount, accountCount, cores);
        }
    }

    /// <summary>The same with one width.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="book">Holdings.</param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="firstAccount">First account.</param>
    /// <param name="accountCount">How many.</param>
    /// <param name="cores">Filled in the slots of these accounts.</param>
    internal void Run<TLanes, TVector>(
        TiledArrays arrays,
        BookHoldings book,
        MarginHorizon horizon,
        int firstAccount,
        int accountCount,
        BookCores cores)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(cores);
        if (arrays.Tiling != Tiling) throw new ArgumentException("arrays of another tiling", nameof(arrays));
        ArgumentOutOfRangeException.ThrowIfNotEqual(cores.Amounts.Length, book.SlotCount);
        ArgumentOutOfRangeException.ThrowIfNegative(firstAccount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accountCount, book.AccountCount - firstAccount);
        Counts = default;
        _scratch.Renew(Tiling);
        for (int first = firstAccount; first < firstAccount + accountCount; first += _blockAccounts)
        {
            int count = Math.Min(_blockAccounts, firstAccount + accountCount - first);
            SweepBlock<TLanes, TVector> block = new(
                arrays, book, cores, _masses, _scratch, (int)horizon, first, count);
            Counts += block.Run();
        }
    }
}
