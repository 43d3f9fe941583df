using System.Runtime.Intrinsics;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Cores of one account at a time, from nothing but its holdings: what a check before a trade needs.</summary>
/// <remarks>
/// Equal to <see cref="CoreSweep"/> to the last unit. Tiles are gone through from the greatest bound down. The first
/// of them, when their losses weigh more than the tail, give a loss that value at risk cannot be below; from then on
/// only tiles and cells whose bounds reach it matter. It needs no threshold and is never repeated. Scratch of one
/// thread.
/// </remarks>
public sealed class AccountSweep
{
    /// <summary>Scratch for tilings of one shape.</summary>
    /// <param name="tiling">Where scenarios stand.</param>
    /// <param name="masses">Tails; default where no scenario has weight.</param>
    public AccountSweep(ScenarioTiling tiling, TailMasses masses)
    {
        ArgumentNullException.ThrowIfNull(tiling);
        (Tiling, Masses, Scratch) = (tiling, masses, new AccountScratch(tiling));
    }

    /// <summary>Where scenarios stand.</summary>
    public ScenarioTiling Tiling { get; private set; }

    /// <summary>Tails.</summary>
    internal TailMasses Masses { get; }

    /// <summary>Room to work in.</summary>
    internal AccountScratch Scratch { get; }

    /// <summary>Cells that the last call summed, of all slots of the account: for people who tune it.</summary>
    public int CellCount { get; private set; }

    /// <summary>Takes over the weights and dampening of another set; kept losses begin anew.</summary>
    /// <param name="tiling">What <see cref="ScenarioTiling.Renewed"/> gave; of the same weight in all.</param>
    public void Renew(ScenarioTiling tiling)
    {
        ArgumentNullException.ThrowIfNull(tiling);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiling.WeightTotal, Tiling.WeightTotal);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tiling.TileCount, Tiling.TileCount);
        tiling.Weights.CopyTo(Scratch.Weights);
        Tiling = tiling;
    }

    /// <summary>Cores of one account, with the widest vectors of the hardware.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="book">Holdings.</param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="account">Index of the account.</param>
    /// <param name="cores">Filled in the slots of the account; thresholds are not read, but renewed for a sweep.
    /// </param>
    public void Run(TiledArrays arrays, BookHoldings book, MarginHorizon horizon, int account, BookCores cores)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<TailLanes8, Vector512<double>>(arrays, book, horizon, account, cores);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<TailLanes4, Vector256<double>>(arrays, book, horizon, account, cores);
        }
        else
        {
            Run<TailLanes1, double>(arrays, book, horizon, account, cores);
        }
    }

    /// <summary>Whether losses of an account from some amount on weigh more than a share of all weight.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="book">Holdings of an account that has a core.</param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="account">Index of the account.</param>
    /// <param name="least">The least of these losses, micro-dollars; a whole number.</param>
    /// <param name="share">One in so many; ≥ 1.</param>
    internal bool Outweighs(
        TiledArrays arrays, BookHoldings book, MarginHorizon horizon, int account, double least, int share)
    {
        if (Tiling.TileCount == 0) return false;
        long most = Tiling.WeightTotal / share; // more than a share is more than its whole part
        BookCores none = Scratch.None;
        return Vector512.IsHardwareAccelerated
                ? new AccountBlock<TailLanes8, Vector512<double>>(
                    arrays, book, none, Masses, Scratch, (int)horizon).Outweighs(account, least, most)
            : Vector256.IsHardwareAccelerated
                ? new AccountBlock<TailLanes4, Vector256<double>>(
                    arrays, book, none, Masses, Scratch, (int)horizon).Outweighs(account, least, most)
            : new AccountBlock<TailLanes1, double>(
                arrays, book, none, Masses, Scratch, (int)horizon).Outweighs(account, least, most);
    }

    /// <summary>The same with one width.</summary>
    /// <param name="arrays">Entries.</param>
    /// <param name="book">Holdings.</param>
    /// <param name="horizon">Whose constants count.</param>
    /// <param name="account">Index of the account.</param>
    /// <param name="cores">Filled in the slots of the account.</param>
    internal void Run<TLanes, TVector>(
        TiledArrays arrays, BookHoldings book, MarginHorizon horizon, int account, BookCores cores)
        where TLanes : struct, ITailLanes<TVector>
        where TVector : struct
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(cores);
        if (arrays.Tiling != Tiling) throw new ArgumentException("arrays of another tiling", nameof(arrays));
        ArgumentOutOfRangeException.ThrowIfNotEqual(cores.Amounts.Length, book.SlotCount);
        ArgumentOutOfRangeException.ThrowIfNegative(account);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(account, book.AccountCount);
        CellCount =
            new AccountBlock<TLanes, TVector>(arrays, book, cores, Masses, Scratch, (int)horizon).Run(account);
    }
}
