using Breakwater.Margin.Tails;
using Breakwater.Parameters;

namespace Breakwater.Books;

/// <summary>How much weight lies in the tails of expected shortfall and of value at risk, in units that make both
/// whole.</summary>
/// <param name="Unit">What one unit of weight counts as; ≥ 1.</param>
/// <param name="Shortfall">(1 − level) of all weight for expected shortfall.</param>
/// <param name="ValueAtRisk">Likewise for value at risk.</param>
public readonly record struct TailMasses(long Unit, long Shortfall, long ValueAtRisk)
{
    /// <summary>Masses of a tiling at the levels of the margin.</summary>
    /// <param name="tiling">Where the weights are.</param>
    /// <param name="parameters">The levels.</param>
    public static TailMasses Of(ScenarioTiling tiling, MarginParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(tiling);
        ArgumentNullException.ThrowIfNull(parameters);
        return Of(
            tiling.WeightTotal,
            TailLevel.OfThousandths(parameters.ExpectedShortfallLevelThousandths),
            TailLevel.OfThousandths(parameters.ValueAtRiskLevelThousandths));
    }

    /// <summary>Masses of any weights at any levels.</summary>
    /// <param name="weightTotal">Sum of the weights; ≥ 1.</param>
    /// <param name="shortfall">Level of expected shortfall, strictly between 0 and 1.</param>
    /// <param name="valueAtRisk">Level of value at risk, strictly between 0 and 1.</param>
    public static TailMasses Of(long weightTotal, TailLevel shortfall, TailLevel valueAtRisk)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weightTotal);
        long unit = checked(shortfall.Denominator * valueAtRisk.Denominator);
        return new TailMasses(
            unit,
            checked(weightTotal * (shortfall.Denominator - shortfall.Numerator) * valueAtRisk.Denominator),
            checked(weightTotal * (valueAtRisk.Denominator - valueAtRisk.Numerator) * shortfall.Denominator))
            .Shortest();
    }

    // Dividing all three by a common factor changes neither quotient nor comparison.
    private TailMasses Shortest()
    {
        long common = Common(Unit, Common(Shortfall, ValueAtRisk));
        return new TailMasses(Unit / common, Shortfall / common, ValueAtRisk / common);
    }

    private static long Common(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
