using Breakwater.Numerics;

namespace Breakwater.Books;

/// <summary>What the underlyings of one account add to one side, summed before it is rounded up once a line.</summary>
/// <remarks>Each sum has room for 1,024 terms below 2^110.</remarks>
internal struct SideSheet
{
    /// <summary>Σ cost of closing, femto-dollars.</summary>
    internal UInt128 Liquidity;

    /// <summary>Σ |net pin|, micro-dollars.</summary>
    internal UInt128 Pin;

    /// <summary>Σ basis, femto-dollars.</summary>
    internal UInt128 Basis;

    /// <summary>Σ flow, femto-dollars.</summary>
    internal UInt128 Flow;

    /// <summary>Σ (1 − c_u)·Core_u, each rounded up, micro-dollars.</summary>
    internal long Kept;

    /// <summary>Σ Core_u, micro-dollars.</summary>
    internal long Cores;

    /// <summary>Σ Core_u × m_flow, nano.</summary>
    internal UInt128 Multiplied;

    /// <summary>Σ Core_u × calmness, nano.</summary>
    internal UInt128 Calm;

    /// <summary>Adds the core of an underlying.</summary>
    /// <param name="core">Its core, micro-dollars; in [0, 2^56).</param>
    /// <param name="underlying">Whose.</param>
    internal void AddCore(long core, UnderlyingConstants underlying)
    {
        unchecked // 2^56 × 2^32 and 32 underlyings
        {
            Kept += underlying.Kept.Up(core);
            Cores += core;
            Multiplied += Math.BigMul((ulong)core, (ulong)underlying.MultiplierNano);
            Calm += Math.BigMul((ulong)core, (ulong)underlying.CalmnessNano);
        }
    }

    /// <summary>Tries to fill the lines before the short-option minimum.</summary>
    /// <param name="core">Core of the whole account, micro-dollars.</param>
    /// <param name="rates">Governed constants.</param>
    /// <param name="others">m_sys·m_beh·m_ml.</param>
    /// <param name="lines">[line] filled, micro-dollars, each below 2^59 by the limits.</param>
    internal readonly bool TryFill(long core, LineRates rates, in LineFraction others, Span<long> lines)
    {
        UInt128 liquidity = LineNano.One.Up(Liquidity);
        UInt128 basis = LineNano.One.Up(Basis);
        UInt128 flow = LineNano.One.Up(Flow);
        if (core < 0 || core >= LineLimits.PartMax || Kept >= LineLimits.PartMax
            || (liquidity | basis | flow | Pin) >= (UInt128)LineLimits.PartMax)
        {
            return false;
        }

        lines[(int)BookLine.Core] = core;
        lines[(int)BookLine.Multipliers] = Excess(core, rates, others);
        lines[(int)BookLine.Buffer] = BufferOf(core, rates);
        lines[(int)BookLine.Diversification] = Math.Max(0, Kept - core);
        lines[(int)BookLine.Liquidity] = (long)liquidity;
        lines[(int)BookLine.Pin] = (long)Pin;
        lines[(int)BookLine.Basis] = (long)basis;
        lines[(int)BookLine.Flow] = (long)flow;
        return true;
    }

    // min(cap, product)·core − core, each product rounded up.
    private readonly long Excess(long core, LineRates rates, in LineFraction others)
    {
        const ulong one = 1_000_000_000;
        UInt128 product;
        if (Cores == 0)
        {
            product = (ulong)others.Up(core);
        }
        else if (others.Whole == 1 && others.Unit.Value == 1 && Multiplied == Math.BigMul((ulong)Cores, one))
        {
            product = (ulong)core;
        }
        else
        {
            product = MeanUp(Multiplied, core, others);
        }

        return (long)UInt128.Min(product, (ulong)rates.Cap.Up(core)) - core;
    }

    private readonly long BufferOf(long core, LineRates rates) =>
        Cores == 0 || Calm == 0 || core == 0 ? 0 : (long)MeanUp(Calm, core, rates.Buffer);

    // core × weighted ÷ Σ Core_u ÷ 10^9 × fraction, rounded up once.
    private readonly UInt128 MeanUp(UInt128 weighted, long core, in LineFraction fraction)
    {
        const ulong one = 1_000_000_000;
        UInt128 whole = Math.BigMul((ulong)core, (ulong)fraction.Whole);
        if (UInt128.LeadingZeroCount(weighted) + UInt128.LeadingZeroCount(whole) >= 128)
        {
            // ⌈⌈⌈x ÷ a⌉ ÷ b⌉ ÷ c⌉ = ⌈x ÷ (a·b·c)⌉
            return RatioUp(fraction.Unit.Up(LineNano.One.Up(unchecked(weighted * whole))), (ulong)Cores);
        }

        // 2^93 × 2^52 × 2^32, and 2^61 × 2^30 × 2^30
        return WideWhole.Product(weighted, whole)
            .DivideUp(unchecked((UInt128)(ulong)Cores * (fraction.Unit.Value * one)));
    }

    // ⌈value ÷ divisor⌉, estimated by a double.
    private static UInt128 RatioUp(UInt128 value, ulong divisor)
    {
        const double estimateMax = 1125899906842624.0; // 2^50: the estimate is off by one at most
        double estimate = (double)value / divisor;
        if (estimate >= estimateMax) return (value / divisor) + (value % divisor == 0 ? 0UL : 1UL);
        ulong quotient = (ulong)estimate;
        while (Math.BigMul(quotient, divisor) < value) quotient++;
        while (quotient > 0 && Math.BigMul(quotient - 1, divisor) >= value) quotient--;
        return quotient;
    }
}
