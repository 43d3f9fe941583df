using System.Globalization;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Sums that show that two programs computed the same, with the digits that the peers print.</summary>
internal static class Checksum
{
    /// <summary>Sum in index order.</summary>
    /// <param name="values">[any count] doubles.</param>
    public static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0.0;
        foreach (double value in values) sum += value;
        return sum;
    }

    /// <summary>A checksum as text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="decimals">Digits after the point.</param>
    public static (string Name, string Value) Of(string name, double value, int decimals) =>
        (name, value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
}
