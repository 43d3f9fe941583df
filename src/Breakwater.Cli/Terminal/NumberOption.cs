using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Breakwater.Adapters.Files;

namespace Breakwater.Cli.Terminal;

/// <summary>Options that take a number within bounds: refused by name where it is none or lies outside.</summary>
internal static class NumberOption
{
    /// <summary>A decimal number above zero.</summary>
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

    /// <summary>A count from one on.</summary>
    /// <param name="name">Name, with its dashes.</param>
    /// <param name="description">What it counts; the bounds are added.</param>
    /// <param name="shipped">What holds where nothing is said.</param>
    /// <param name="most">Greatest.</param>
    public static Option<long> Count(string name, string description, long shipped, long most) => new(name)
    {
        Description = $"{description}, 1 to {most.ToString("#,0", CultureInfo.InvariantCulture)}.",
        HelpName = "N",
        DefaultValueFactory = _ => shipped,
        CustomParser = argument => ParseCount(argument, name, shipped, most),
    };

    private static long ParseCount(ArgumentResult argument, string name, long shipped, long most)
    {
        string text = argument.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count >= 1 && count <= most)
        {
            return count;
        }

        argument.AddError($"{name}: '{text}' is no number from 1 to {most}");
        return shipped;
    }
}
