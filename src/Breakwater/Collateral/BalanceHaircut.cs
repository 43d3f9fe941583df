using System.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Collateral;

/// <summary>Haircut of one balance and what it is made of: nano fractions (1e9 is the whole), rounded up.</summary>
/// <remarks>
/// H = 1 − (1 − H_asset)(1 − h_liq)(1 − h_bridge), plus what concentration adds; H_asset = 1 − (1 − h_mkt)(1 −
/// h_dd)(1 − h_peg) within the bounds of its class (METHODOLOGY 5).
/// Only H_asset and h_bridge shape what scenarios move: they are the same for every size, so that the core stays
/// homogeneous and sub-additive (docs/adr/0056). The others lower what the balance is worth.
/// </remarks>
/// <param name="MarketNano">h_mkt.</param>
/// <param name="DrawdownNano">h_dd.</param>
/// <param name="PegNano">h_peg.</param>
/// <param name="AssetNano">H_asset.</param>
/// <param name="LiquidityNano">h_liq: impact of selling what the account holds of the asset.</param>
/// <param name="BridgeNano">h_bridge.</param>
/// <param name="ProtocolNano">What the concentration of the whole protocol adds.</param>
/// <param name="ConcentrationNano">What the concentration of the account adds.</param>
/// <param name="MovedNano">Haircut of what scenarios move: asset and bridge.</param>
/// <param name="TotalNano">H.</param>
public sealed record BalanceHaircut(
    long MarketNano,
    long DrawdownNano,
    long PegNano,
    long AssetNano,
    long LiquidityNano,
    long BridgeNano,
    long ProtocolNano,
    long ConcentrationNano,
    long MovedNano,
    long TotalNano)
{
    /// <summary>The whole: 1e9.</summary>
    public const long One = 1_000_000_000;

    /// <summary>Haircut of a balance on which nothing but its bridge counts: the numeraire.</summary>
    /// <param name="bridgeNano">h_bridge, nano.</param>
    public static BalanceHaircut OfNumeraire(long bridgeNano) =>
        new(0, 0, 0, 0, 0, bridgeNano, 0, 0, bridgeNano, bridgeNano);

    /// <summary>Joins the parts of any other balance.</summary>
    /// <param name="terms">Parts of the asset.</param>
    /// <param name="liquidityNano">h_liq, nano; in [0, 1e9].</param>
    /// <param name="bridgeNano">h_bridge, nano; in [0, 1e9].</param>
    /// <param name="protocolMicroUsd">q_tot, micro-dollars; ≥ 0.</param>
    /// <param name="protocol">How the concentration of the protocol counts.</param>
    /// <param name="concentrationNano">What the concentration of the account adds, nano; ≥ 0.</param>
    public static BalanceHaircut Of(
        CollateralTerms terms,
        long liquidityNano,
        long bridgeNano,
        Int128 protocolMicroUsd,
        ProtocolConcentration protocol,
        long concentrationNano)
    {
        long asset = Math.Clamp(
            Joined(Joined(terms.MarketNano, terms.DrawdownNano), terms.PegNano), terms.FloorNano, terms.CeilingNano);
        long moved = Joined(asset, bridgeNano);
        long alone = Joined(moved, liquidityNano);
        long crowded = protocol.Raise(alone, protocolMicroUsd, terms.CapMicroUsd);
        return new BalanceHaircut(
            terms.MarketNano, terms.DrawdownNano, terms.PegNano, asset, liquidityNano, bridgeNano, crowded - alone,
            concentrationNano, moved, Math.Min(One, crowded + concentrationNano));
    }

    /// <summary>1 − (1 − a)(1 − b), nano, rounded up.</summary>
    /// <param name="left">a, nano; in [0, 1e9].</param>
    /// <param name="right">b, nano; in [0, 1e9].</param>
    public static long Joined(long left, long right) =>
        One - (long)((Int128)(One - left) * (One - right) / One);
}

/// <summary>How what the whole protocol holds raises a haircut (METHODOLOGY 5).</summary>
/// <param name="SlopeNano">Rise per cap held beyond the cap, nano.</param>
/// <param name="HardCapNano">Holdings beyond so many caps count nothing, nano; &gt; 1e9.</param>
public readonly record struct ProtocolConcentration(long SlopeNano, long HardCapNano)
{
    /// <summary>The haircut raised: by the slope from one cap to the hard cap; what is held beyond that counts nothing,
    /// shared by all holders in proportion, so that nothing jumps.</summary>
    /// <param name="haircutNano">H before, nano.</param>
    /// <param name="heldMicroUsd">q_tot, micro-dollars; ≥ 0.</param>
    /// <param name="capMicroUsd">Cap, micro-dollars; &gt; 0.</param>
    public long Raise(long haircutNano, Int128 heldMicroUsd, long capMicroUsd)
    {
        BigInteger held = (BigInteger)heldMicroUsd * BalanceHaircut.One;
        BigInteger hard = (BigInteger)capMicroUsd * HardCapNano;
        BigInteger cap = (BigInteger)capMicroUsd * BalanceHaircut.One;
        if (held <= cap)
        {
            return haircutNano;
        }

        BigInteger beyond = BigInteger.Min(held, hard) - cap;
        BigInteger kept = BalanceHaircut.One - haircutNano - Up(beyond * SlopeNano, cap);
        kept = BigInteger.Max(0, kept);
        return (long)(BalanceHaircut.One - (held > hard ? kept * hard / held : kept));
    }

    private static BigInteger Up(BigInteger numerator, BigInteger denominator) =>
        (numerator + denominator - 1) / denominator;
}
