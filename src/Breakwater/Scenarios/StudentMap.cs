using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>Turns a t number of the copula into an innovation of unit variance with t margins of other
/// degrees.</summary>
/// <remarks>
/// g(x) = Q_d(T_c(x)) ÷ √(d/(d − 2)), T_c and Q_d the laws of Student: odd and smooth, so it is tabled at equal steps
/// of
/// asinh x and interpolated by cubics; relative error below 1e-6 (StudentMapLaws), a thousandth of the rounding that a
/// scenario of 2,048 points makes anyway.
/// </remarks>
internal sealed class StudentMap
{
    private const int StepsPerUnit = 32;

    // asinh of the largest tabled number: 1e5 is beyond the 2⁻³³ quantile of 3 degrees (2e3) and of 2 (7e4).
    private const double ArgumentMaximum = 12.2;

    // Degrees as shipped (METHODOLOGY 3.4): their table is made once, not for every set.
    private const int CopulaDegreesShipped = 3;
    private const double InnovationDegreesShipped = 5d;
    private static readonly StudentMap Shipped = new(CopulaDegreesShipped, InnovationDegreesShipped);

    private readonly double[] _values;

    /// <summary>The map of the given degrees.</summary>
    /// <param name="copulaDegrees">Degrees of freedom of the copula, ≥ 2.</param>
    /// <param name="innovationDegrees">Degrees of freedom of the margins, &gt; 2.</param>
    public static StudentMap Of(int copulaDegrees, double innovationDegrees) =>
        copulaDegrees == CopulaDegreesShipped && innovationDegrees.Equals(InnovationDegreesShipped)
            ? Shipped
            : new StudentMap(copulaDegrees, innovationDegrees);

    /// <summary>Tables the map.</summary>
    /// <param name="copulaDegrees">Degrees of freedom of the copula, ≥ 2.</param>
    /// <param name="innovationDegrees">Degrees of freedom of the margins, &gt; 2.</param>
    public StudentMap(int copulaDegrees, double innovationDegrees)
    {
        double scale = Math.Sqrt(innovationDegrees / (innovationDegrees - 2d));
        _values = new double[(int)(ArgumentMaximum * StepsPerUnit) + 4];
        for (int index = 1; index < _values.Length; index++)
        {
            double argument = (double)index / StepsPerUnit;
            double number = 0.5 * (DeterministicMath.Exp(argument) - DeterministicMath.Exp(-argument));
            double tail = StudentT.Cdf(-number, copulaDegrees);
            _values[index] = -StudentT.Quantile(tail, innovationDegrees) / scale;
        }
    }

    /// <summary>The innovation of a number; finite.</summary>
    /// <param name="number">t number of the copula, without unit; finite.</param>
    public double Of(double number)
    {
        double size = Math.Abs(number);
        double argument = Math.Min(
            DeterministicMath.Log(size + Math.Sqrt((size * size) + 1d)), ArgumentMaximum) * StepsPerUnit;
        int index = (int)argument;
        double t = argument - index;
        double before = index == 0 ? -_values[1] : _values[index - 1];
        double left = _values[index];
        double right = _values[index + 1];
        double after = _values[index + 2];

        // Lagrange cubic through four neighbours.
        double value = (before * (-t * (t - 1d) * (t - 2d) / 6d))
            + (left * ((t + 1d) * (t - 1d) * (t - 2d) / 2d))
            + (right * (-(t + 1d) * t * (t - 2d) / 2d))
            + (after * ((t + 1d) * t * (t - 1d) / 6d));
        return number < 0d ? -value : value;
    }
}
