using System.Globalization;
using System.Runtime.CompilerServices;

namespace Breakwater.Numerics;

/// <summary>One-line guards of documented preconditions; each throws with the argument's name, value and
/// limit.</summary>
public static class Require
{
    /// <summary>Requires a finite number: neither NaN nor infinite.</summary>
    /// <param name="value">The argument, any unit.</param>
    /// <param name="name">Filled in by the compiler with the argument's text.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public static void Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!double.IsFinite(value)) throw Refusal(name, value, "must be finite");
    }

    /// <summary>Requires a finite number above zero.</summary>
    /// <param name="value">The argument, any unit.</param>
    /// <param name="name">Filled in by the compiler with the argument's text.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN, infinite, zero or negative.</exception>
    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0.0 && double.IsFinite(value))) throw Refusal(name, value, "must be finite and > 0");
    }

    /// <summary>Requires a finite number that is not negative.</summary>
    /// <param name="value">The argument, any unit.</param>
    /// <param name="name">Filled in by the compiler with the argument's text.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN, infinite or negative.</exception>
    public static void NonNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0.0 && double.IsFinite(value))) throw Refusal(name, value, "must be finite and >= 0");
    }

    /// <summary>Requires a number in the closed interval [minimum, maximum].</summary>
    /// <param name="value">The argument, any unit.</param>
    /// <param name="minimum">Lower limit, included, same unit.</param>
    /// <param name="maximum">Upper limit, included, same unit.</param>
    /// <param name="name">Filled in by the compiler with the argument's text.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or outside the interval.</exception>
    public static void InRange(
        double value,
        double minimum,
        double maximum,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= minimum && value <= maximum))
        {
            throw Refusal(name, value, $"must be in {Interval(minimum, maximum, '[', ']')}");
        }
    }

    /// <summary>Requires a number in the open interval (minimum, maximum).</summary>
    /// <param name="value">The argument, any unit.</param>
    /// <param name="minimum">Lower limit, excluded, same unit.</param>
    /// <param name="maximum">Upper limit, excluded, same unit.</param>
    /// <param name="name">Filled in by the compiler with the argument's text.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or outside the interval.</exception>
    public static void StrictlyBetween(
        double value,
        double minimum,
        double maximum,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > minimum && value < maximum))
        {
            throw Refusal(name, value, $"must be in {Interval(minimum, maximum, '(', ')')}");
        }
    }

    /// <summary>Requires every element of a span to be finite.</summary>
    /// <param name="values">The elements, any unit.</param>
    /// <param name="name">Filled in by the compiler with the argument's text.</param>
    /// <exception cref="ArgumentOutOfRangeException">An element is NaN or infinite; the message gives its
    /// index.</exception>
    public static void AllFinite(
        ReadOnlySpan<double> values,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i])) throw Refusal($"{name}[{i}]", values[i], "must be finite");
        }
    }

    /// <summary>Requires an exact element count.</summary>
    /// <param name="count">The count found.</param>
    /// <param name="expectedCount">The count that the contract asks for.</param>
    /// <param name="name">Filled in by the compiler with the argument's text.</param>
    /// <exception cref="ArgumentException">The counts differ.</exception>
    public static void Count(
        int count,
        int expectedCount,
        [CallerArgumentExpression(nameof(count))] string name = "")
    {
        if (count != expectedCount)
        {
            string message = string.Create(CultureInfo.InvariantCulture, $"{name} is {count}, must be {expectedCount}");
            throw new ArgumentException(message, name);
        }
    }

    private static string Interval(double minimum, double maximum, char opening, char closing) =>
        string.Create(CultureInfo.InvariantCulture, $"{opening}{minimum:R}, {maximum:R}{closing}");

    private static ArgumentOutOfRangeException Refusal(string name, double value, string limit) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} {value:R} {limit}"));
}
