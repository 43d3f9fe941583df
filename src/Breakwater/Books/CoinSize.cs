using System.Numerics;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Margin.AddOns;

namespace Breakwater.Books;

/// <summary>What a holding of coin adds to the sensitivities of its underlying: as <see cref="UnderlyingBook"/> counts
/// it.</summary>
/// <param name="DeltaFemto">$delta, femto-dollars; magnitude below 2^90.</param>
/// <param name="MoveFemto">$delta gained over a move of one deviation of a day, femto-dollars; likewise.</param>
/// <param name="ContractRow">Row of the inverse contract that earned it, whose price it moves with; −1 of coin itself.
/// </param>
/// <param name="IsCollateral">Whether it is collateral, which a liquidation of positions does not close.</param>
internal readonly record struct CoinSize(Int128 DeltaFemto, Int128 MoveFemto, int ContractRow, bool IsCollateral)
{
    /// <summary>Tries to size a leg.</summary>
    /// <param name="account">The account.</param>
    /// <param name="exposure">Index of its exposure.</param>
    /// <param name="leg">A leg of coin.</param>
    /// <param name="size">Its size.</param>
    /// <returns>Whether the lines of a book have room for it.</returns>
    internal static bool TryOf(MarginAccount account, int exposure, in ExposureLeg leg, out CoinSize size)
    {
        bool isCollateral = exposure >= account.Netted.Positions.Length;
        (BigInteger delta, BigInteger move) = isCollateral
            ? (UnderlyingBook.CollateralDelta(leg, account.Arrays), BigInteger.Zero)
            : UnderlyingBook.SizeOf(leg, account.Arrays, IndexOf(account, exposure));
        bool isHere = BigInteger.Abs(delta) < (BigInteger)LineLimits.ExpiryMax
            && BigInteger.Abs(move) < (BigInteger)LineLimits.ExpiryMax;
        bool isGain = !isCollateral && account.Netted.Positions[exposure].Instrument is not Spot;
        size = isHere
            ? new CoinSize(
                (Int128)delta, (Int128)move, isGain ? account.Exposures[exposure].Legs[0].RowIndex : -1, isCollateral)
            : default;
        return isHere;
    }

    private static long IndexOf(MarginAccount account, int exposure) =>
        account.Arrays.TermsOf(account.Netted.Positions[exposure].Instrument.Underlying)!.IndexMicroUsd; // admitted
}
