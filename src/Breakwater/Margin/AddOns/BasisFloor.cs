using System.Numerics;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Parameters;

namespace Breakwater.Margin.AddOns;

/// <summary>Charge for offsets between prices of one underlying that need not move together (METHODOLOGY
/// 4.5).</summary>
/// <remarks>
/// Longs are set against shorts pair by pair: spot against perpetual, then both against dated prices from the nearest
/// expiry on, then dated prices against each other. Spot counts collateral; options count with the delta of their
/// expiry.
/// </remarks>
internal static class BasisFloor
{
    private const int HoursPerDay = 24;
    private const long RootScale = 1_000_000_000;

    /// <summary>The charge of one underlying, femto-dollars, rounded down.</summary>
    /// <param name="book">Its deltas.</param>
    /// <param name="horizonHours">Horizon, hours.</param>
    /// <param name="parameters">Rates per √day.</param>
    internal static BigInteger Of(UnderlyingBook book, int horizonHours, AddOnParameters parameters)
    {
        BigInteger spot = book.DeltaSpot;
        BigInteger perpetual = book.DeltaPerpetual;
        BigInteger[] dated = [.. book.DeltaByExpiry.Select(entry => entry.Value)];
        BigInteger daily = Rate(Offset(ref spot, ref perpetual), parameters.BasisPerpetualSpotDaily);
        for (int expiry = 0; expiry < dated.Length; expiry++)
        {
            daily += Rate(
                Offset(ref perpetual, ref dated[expiry]) + Offset(ref spot, ref dated[expiry]),
                parameters.BasisPerpetualQuarterDaily);
        }

        for (int near = 0; near < dated.Length; near++)
        {
            for (int far = near + 1; far < dated.Length; far++)
            {
                daily += Rate(Offset(ref dated[near], ref dated[far]), parameters.BasisCrossQuarterDaily);
            }
        }

        BigInteger root = WholeRoot.Down(RootScale * (BigInteger)RootScale * horizonHours / HoursPerDay);
        return daily * root / RootScale;
    }

    // min(|a|, |b|) where the two have opposite signs; both are shortened by it.
    private static BigInteger Offset(ref BigInteger left, ref BigInteger right)
    {
        if (left.Sign * right.Sign >= 0)
        {
            return BigInteger.Zero;
        }

        BigInteger offset = BigInteger.Min(BigInteger.Abs(left), BigInteger.Abs(right));
        left -= left.Sign * offset;
        right -= right.Sign * offset;
        return offset;
    }

    private static BigInteger Rate(BigInteger offset, decimal fraction)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(fraction);
        return offset * whole / BigInteger.Pow(10, decimals);
    }
}
