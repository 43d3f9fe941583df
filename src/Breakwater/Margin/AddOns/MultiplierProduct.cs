using System.Numerics;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;

namespace Breakwater.Margin.AddOns;

/// <summary>m = min(cap, m_sys·m_beh·m_ml·m_flow), and the buffer, as exact weights of the core (METHODOLOGY 4.3, 4.7,
/// 4.8).</summary>
/// <param name="FlowNano">m_flow: mean of the underlyings' multipliers by their cores, units of 1e-9, rounded
/// up; ≥ 1e9.</param>
/// <param name="CalmnessNano">Mean of the underlyings' calmness by their cores, units of 1e-9, rounded up.</param>
/// <param name="ProductNano">The product after its cap, units of 1e-9, rounded up; ≥ 1e9.</param>
internal readonly record struct MultiplierProduct(long FlowNano, long CalmnessNano, long ProductNano)
{
    /// <summary>The product for an account.</summary>
    /// <param name="account">Account, arrays and parameters.</param>
    /// <param name="cores">Its cores by underlying, without orders.</param>
    /// <param name="context">The other multipliers.</param>
    internal static MultiplierProduct Of(MarginAccount account, UnderlyingCores cores, MarginContext context)
    {
        long flow = Mean(account, cores, static terms => terms.Flow.MultiplierNano, Femto.PerMicro);
        (Int128 whole, int decimals) = DecimalParts.Of(
            context.Multipliers.System * context.Multipliers.Behaviour * context.Multipliers.Learned);
        long product = (long)WholeDivision.Up((BigInteger)whole * flow, BigInteger.Pow(10, decimals));
        long cap = (long)(account.Parameters.AddOns.MultiplierMaximum * Femto.PerMicro);
        return new MultiplierProduct(
            flow, Mean(account, cores, static terms => terms.CalmnessNano, 0), Math.Min(cap, product));
    }

    /// <summary>With resting orders: of each weight the greater of the account's and any ordered
    /// underlying's.</summary>
    /// <param name="account">Account, arrays and parameters.</param>
    /// <param name="context">The other multipliers.</param>
    internal MultiplierProduct WithOrders(MarginAccount account, MarginContext context)
    {
        MultiplierProduct result = this;
        foreach (OrderExposure order in account.Orders)
        {
            // admission has refused what has no row
            UnderlyingCores alone = new([order.Order.Instrument.Underlying], [Money.FromMicroDollars(1)]);
            MultiplierProduct own = Of(account, alone, context);
            result = new MultiplierProduct(
                Math.Max(result.FlowNano, own.FlowNano),
                Math.Max(result.CalmnessNano, own.CalmnessNano),
                Math.Max(result.ProductNano, own.ProductNano));
        }

        return result;
    }

    /// <summary>What the product adds to a core, rounded up.</summary>
    internal Money Excess(Money core) => core.MultiplyUp(ProductNano - Femto.PerMicro, Femto.PerMicro);

    /// <summary>The buffer of a core, rounded up.</summary>
    /// <param name="core">The core.</param>
    /// <param name="fraction">Share of the core held when all is calm, fraction.</param>
    internal Money Buffer(Money core, decimal fraction)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(fraction);
        return Money.FromMicroDollars(WholeDivision.Up(
            (BigInteger)core.MicroDollars * whole * CalmnessNano, BigInteger.Pow(10, decimals) * Femto.PerMicro));
    }

    private static long Mean(
        MarginAccount account, UnderlyingCores cores, Func<Revaluation.AssetTerms, long> read, long otherwise)
    {
        Int128 sum = cores.Sum.MicroDollars;
        if (sum == 0)
        {
            return otherwise;
        }

        BigInteger weighted = 0;
        for (int index = 0; index < cores.Assets.Length; index++)
        {
            // rows of every underlying held
            weighted += (BigInteger)cores.Amounts[index].MicroDollars * read(account.Arrays.TermsOf(
                cores.Assets[index])!);
        }

        return (long)WholeDivision.Up(weighted, sum);
    }
}
