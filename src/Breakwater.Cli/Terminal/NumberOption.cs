using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Breakwater.Adapters.Files;

namespace Breakwater.Cli.Terminal;

/// <summary>Options that take a number within bounds: refused by name where it is none or lies outside.</summary>
internal static class NumberOption
{
    /// <summary>A decimal number above zero, for what can be divided: times, rates, factors.</summary>
    /// <param name="name">Name, with its dashes.</param>
    /// <param name="shipped">What holds where nothing is said.</param>
    /// <param name="description">What it is of.</param>
    /// <param name="most">Greatest.</param>
    /// <param name="isZero">Whether zero is taken too.</param>
    public static Option<double> Create(
        string name, double shipped, string description, double most, bool isZero = false) => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => shipped,
            CustomParser = argument =>
            {
                if (StrictNumber.TryDouble(argument.Tokens[0].Value, out double number) && number <= most
                    && (isZero ? number >= 0d : number > 0d))
                {
                    return number;
                }

                argument.AddError($"{name}: '{argument.Tokens[0].Value}' is no number up to {most}");
                return shipped;
            },
        };

    /// <summary>A whole number from one on.</summary>
    /// <typeparam name="T">Type that holds it.</typeparam>
    /// <param name="name">Name, with its dashes.</param>
    /// <param name="description">What it counts; the bounds are added.</param>
    /// <param name="shipped">What holds where nothing is said.</param>
    /// <param name="most">Greatest.</param>
    public static Option<T> Count<T>(string name, string description, T shipped, T most)
        where T : struct, IBinaryInteger<T> => Count(name, description, shipped, T.One, most);

    /// <summary>A whole number within bounds.</summary>
    /// <typeparam name="T">Type that holds it.</typeparam>
    /// <param name="name">Name, with its dashes.</param>
    /// <param name="description">What it counts; the bounds are added.</param>
    /// <param name="shipped">What holds where nothing is said.</param>
    /// <param name="least">Smallest, ≥ 0.</param>
    /// <param name="most">Greatest.</param>
    public static Option<T> Count<T>(string name, string description, T shipped, T least, T most)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} ({least:#,0} to {most:#,0})."),
            HelpName = "N",
            DefaultValueFactory = _ => shipped,
            CustomParser = argument => ParseCount(argument, name, shipped, least, most),
        };

    // Digits alone: neither a sign nor a fraction nor an exponent, also where its value would be whole.
    private static T ParseCount<T>(ArgumentResult argument, string name, T shipped, T least, T most)
        where T : struct, IBinaryInteger<T>
    {
        string text = argument.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T count)
            && count >= least && count <= most)
        {
            return count;
        }

        argument.AddError($"{name}: '{text}' is no whole number from {least} to {most}");
        return shipped;
    }
}
