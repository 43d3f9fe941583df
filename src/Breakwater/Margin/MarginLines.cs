using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>Lines of the report: the core, and what each rule of the form "at least" adds to it (METHODOLOGY 4.3).
/// </summary>
internal static class MarginLines
{
    /// <summary>Name of the line of METHODOLOGY 4.2.</summary>
    internal const string Core = "Core";

    /// <summary>Name of the line of the short-option minimum.</summary>
    internal const string ShortOption = "ShortOptionMinimum";

    /// <summary>Name of the line that keeps initial margin above maintenance.</summary>
    internal const string Ratio = "MinimumRatio";

    /// <summary>The lines; their sums are the two margins.</summary>
    internal static ImmutableArray<MarginLine> Of(
        Subaccount netted, RiskArrays arrays, MarginParameters parameters, Money coreMaintenance, Money coreInitial)
    {
        Money shortMaintenance = ShortOptionMinimum.Of(
            netted.Positions,
            arrays,
            parameters.ShortOptionMinimumMaintenanceFraction,
            parameters.ShortOptionMinimumGrossFloorFraction);
        Money shortInitial = ShortOptionMinimum.Of(
            netted.Positions,
            arrays,
            parameters.ShortOptionMinimumInitialFraction,
            parameters.ShortOptionMinimumGrossFloorFraction);
        Money maintenance = Money.Max(coreMaintenance, shortMaintenance);
        Money initial = Money.Max(coreInitial, shortInitial);
        Money least = TimesUp(maintenance, parameters.InitialToMaintenanceMinimum);
        return
        [
            new MarginLine(Core, coreInitial, coreMaintenance),
            new MarginLine(ShortOption, initial - coreInitial, maintenance - coreMaintenance),
            new MarginLine(Ratio, Money.Max(Money.Zero, least - initial), Money.Zero),
        ];
    }

    /// <summary>Amount × ratio, rounded up.</summary>
    /// <param name="amount">Amount, whole micro-dollars.</param>
    /// <param name="ratio">Factor, dimensionless.</param>
    internal static Money TimesUp(Money amount, decimal ratio)
    {
        (Int128 whole, int decimals) = DecimalParts.Of(ratio);
        return Money.FromMicroDollars(
            WholeDivision.Up((BigInteger)amount.MicroDollars * whole, BigInteger.Pow(10, decimals)));
    }
}
