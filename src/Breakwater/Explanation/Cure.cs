using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Explanation;

/// <summary>Ways out of a shortfall (METHODOLOGY 4.9).</summary>
public enum CureKind
{
    /// <summary>Deposit of the numeraire.</summary>
    Deposit,

    /// <summary>One position reduced at its mark.</summary>
    Reduction,

    /// <summary>Every position reduced by the same share.</summary>
    ProportionalReduction,

    /// <summary>A perpetual bought or sold, or spot bought with what numeraire there is.</summary>
    Hedge,
}

/// <summary>What a shortfall is short of, the most pressing first (METHODOLOGY 6.1).</summary>
public enum CureRequirement
{
    /// <summary>Maintenance margin: below it positions are reduced by force.</summary>
    Maintenance,

    /// <summary>Target margin: below it a margin call runs.</summary>
    Target,

    /// <summary>Initial margin: below it only orders that lower risk are taken, and nothing is withdrawn.</summary>
    Initial,
}

/// <summary>One way out, verified by full recomputation.</summary>
/// <param name="Requirement">What equity is brought up to.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Instrument">What is traded; <c>null</c> for a deposit and for a proportional reduction.</param>
/// <param name="Lots">Signed lots traded; of a proportional reduction thousandths of every position; 0 for a deposit.
/// </param>
/// <param name="Amount">Deposit, or notional of what is traded by its delta.</param>
/// <param name="Cost">What is lost to spread and impact; counted against equity.</param>
/// <param name="Remaining">Requirement less equity afterwards; ≤ 0 if it cures.</param>
public sealed record Cure(
    CureRequirement Requirement, CureKind Kind, Instrument? Instrument, Int128 Lots, Money Amount, Money Cost,
    Money Remaining)
{
    /// <summary>Whether equity covers the requirement afterwards.</summary>
    public bool IsCured => Remaining <= Money.Zero;
}
