using System.Numerics;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Margin.AddOns;

/// <summary>An exact mean of rates in units of 1e-9: numerator ÷ denominator.</summary>
/// <param name="Numerator">Σ rate × weight, units of 1e-9; ≥ 0.</param>
/// <param name="Denominator">Σ weight; &gt; 0.</param>
internal readonly record struct WeightedRate(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>The rate in units of 1e-9, rounded up.</summary>
    internal long NanoUp => (long)WholeDivision.Up(Numerator, Denominator);

    /// <summary>The greater of two rates.</summary>
    internal static WeightedRate Max(WeightedRate left, WeightedRate right) =>
        left.Numerator * right.Denominator >= right.Numerator * left.Denominator ? left : right;
}

/// <summary>m = min(cap, m_sys·m_beh·m_ml·m_flow), and the buffer, as exact weights of the core (METHODOLOGY 4.3, 4.7,
/// 4.8).</summary>
/// <param name="Flow">m_flow: mean of the underlyings' multipliers by their cores; ≥ 1.</param>
/// <param name="Calmness">Mean of the underlyings' calmness by their cores; in [0, 1].</param>
/// <param name="Others">m_sys·m_beh·m_ml; ≥ 1.</param>
/// <param name="Cap">Cap of the product.</param>
internal readonly record struct MultiplierProduct(
    WeightedRate Flow, WeightedRate Calmness, decimal Others, decimal Cap)
{
    /// <summary>The product in units of 1e-9, rounded up: for people.</summary>
    internal long ProductNano
    {
        get
        {
            (Int128 others, int decimals) = DecimalParts.Of(Others);
            BigInteger product = Flow.Numerator * others;
            BigInteger unit = Flow.Denominator * BigInteger.Pow(10, decimals);
            return (long)Int128.Min((Int128)(Cap * Femto.PerMicro), WholeDivision.Up(product, unit));
        }
    }

    /// <summary>The product for an account.</summary>
    /// <param name="account">Account, arrays and parameters.</param>
    /// <param name="cores">Its cores by underlying, without orders.</param>
    /// <param name="context">The other multipliers.</param>
    internal static MultiplierProduct Of(MarginAccount account, UnderlyingCores cores, MarginContext context) => new(
        Mean(account, cores, static terms => terms.Flow.MultiplierNano, Femto.PerMicro),
        Mean(account, cores, static terms => terms.CalmnessNano, 0),
        context.Multipliers.System * context.Multipliers.Behaviour * context.Multipliers.Learned,
        account.Parameters.AddOns.MultiplierMaximum);

    /// <summary>With resting orders: of each rate the greater of the account's and any ordered underlying's.</summary>
    /// <param name="account">Account, arrays and parameters.</param>
    internal MultiplierProduct WithOrders(MarginAccount account)
    {
        MultiplierProduct result = this;
        foreach (OrderExposure order in account.Orders)
        {
            // admission has refused what has no row
            AssetTerms terms = account.Arrays.TermsOf(order.Order.Instrument.Underlying)!;
            result = result with
            {
                Flow = WeightedRate.Max(result.Flow, new WeightedRate(terms.Flow.MultiplierNano, 1)),
                Calmness = WeightedRate.Max(result.Calmness, new WeightedRate(terms.CalmnessNano, 1)),
            };
        }

        return result;
    }

    /// <summary>What the product adds to a core, rounded up.</summary>
    internal Money Excess(Money core)
    {
        (Int128 others, int decimals) = DecimalParts.Of(Others);
        BigInteger unit = Flow.Denominator * BigInteger.Pow(10, decimals) * Femto.PerMicro;
        Int128 product = WholeDivision.Up(core.MicroDollars * Flow.Numerator * others, unit);
        return Money.Min(Money.FromMicroDollars(product), MarginLines.TimesUp(core, Cap)) - core;
    }

    /// <summary>The buffer of a core, rounded up.</summary>
    /// <param name="core">The core.</param>
    /// <param name="fraction">Share of the core held when all is calm, fraction.</param>
    internal Money Buffer(Money core, decimal fraction)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(fraction);
        BigInteger unit = Calmness.Denominator * BigInteger.Pow(10, decimals) * Femto.PerMicro;
        return Money.FromMicroDollars(WholeDivision.Up(core.MicroDollars * Calmness.Numerator * whole, unit));
    }

    private static WeightedRate Mean(
        MarginAccount account, UnderlyingCores cores, Func<AssetTerms, long> read, long otherwise)
    {
        BigInteger weighted = 0;
        BigInteger sum = 0;
        for (int index = 0; index < cores.Assets.Length; index++)
        {
            // rows of every underlying held
            weighted += (BigInteger)cores.Amounts[index].MicroDollars
                * read(account.Arrays.TermsOf(cores.Assets[index])!);
            sum += cores.Amounts[index].MicroDollars;
        }

        return sum.IsZero ? new WeightedRate(otherwise, 1) : new WeightedRate(weighted, sum);
    }
}
