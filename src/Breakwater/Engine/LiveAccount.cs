using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Engine;

/// <summary>An account of a live book.</summary>
/// <param name="Subaccount">What it holds, in canonical form.</param>
/// <param name="Context">Multipliers and what the protocol holds; what is remembered is not applied here.</param>
internal sealed record LiveAccount(Subaccount Subaccount, MarginContext Context)
{
    /// <summary>Bits of the assets that its margin reads: one each in order of the arrays' assets, from the 64th on
    /// shared.</summary>
    /// <param name="arrays">The arrays.</param>
    /// <param name="parameters">Which asset moves which.</param>
    internal ulong AssetsOf(RiskArrays arrays, RiskParameters parameters)
    {
        ulong bits = 0;
        foreach (Position position in Subaccount.Positions) bits |= BitOf(position.Instrument.Underlying, arrays);
        foreach (Order order in Subaccount.Orders) bits |= BitOf(order.Instrument.Underlying, arrays);
        foreach (CollateralBalance balance in Subaccount.Collateral)
        {
            bits |= BitOf(balance.Asset, arrays);
            if (parameters.MovedBy(balance.Asset) is { } mover) bits |= BitOf(mover, arrays);
        }

        return bits;
    }

    /// <summary>Bit of an asset; 0 if no row is about it.</summary>
    internal static ulong BitOf(AssetId asset, RiskArrays arrays)
    {
        for (int index = 0; index < arrays.Assets.Length; index++)
        {
            if (arrays.Assets[index].Asset == asset) return 1UL << (index % 64);
        }

        return 0;
    }
}
