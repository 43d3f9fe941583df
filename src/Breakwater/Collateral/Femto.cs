using System.Numerics;
using Breakwater.Numerics;

namespace Breakwater.Collateral;

/// <summary>Amounts in femto-dollars (1e-15 USD, 1e-9 micro-dollars): add-ons keep them rounded down until their line
/// is rounded up once, so that every line stays homogeneous to the unit (RELIABILITY M4).</summary>
internal static class Femto
{
    /// <summary>Femto-dollars in a micro-dollar, and nano-units in a whole.</summary>
    internal const long PerMicro = 1_000_000_000;

    /// <summary>femto × nano-fraction, rounded down.</summary>
    /// <param name="femto">Amount, femto-dollars; ≥ 0.</param>
    /// <param name="nano">Fraction, units of 1e-9; ≥ 0.</param>
    internal static BigInteger Times(BigInteger femto, long nano) => femto * nano / PerMicro;

    /// <summary>√(amount³ ÷ scale), rounded down: femto-dollars.</summary>
    /// <param name="femto">Amount, femto-dollars; ≥ 0.</param>
    /// <param name="scaleFemto">Scale, femto-dollars; &gt; 0.</param>
    internal static BigInteger ThreeHalves(BigInteger femto, BigInteger scaleFemto) =>
        WholeRoot.Down(femto * femto * femto / scaleFemto);

    /// <summary>Whole micro-dollars, rounded up.</summary>
    /// <param name="femto">Amount, femto-dollars.</param>
    internal static Money Up(BigInteger femto)
    {
        BigInteger whole = BigInteger.DivRem(femto, PerMicro, out BigInteger rest);
        return Money.FromMicroDollars((Int128)(rest.Sign > 0 ? whole + 1 : whole));
    }
}
