using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Breakwater.Instruments;

namespace Breakwater.Cli.Terminal;

/// <summary>A time between instants, as it is typed: a whole number with its unit.</summary>
/// <param name="Count">How many units, ≥ 1.</param>
/// <param name="Unit"><c>m</c>, <c>h</c> or <c>d</c>.</param>
internal sealed record TimeStep(int Count, char Unit)
{
    private const int CountMax = 10_000;

    /// <summary>One hour.</summary>
    internal static TimeStep Hour { get; } = new(1, 'h');

    /// <summary>Its length, milliseconds.</summary>
    internal long Milliseconds => Count * UnitMilliseconds(Unit);

    /// <summary>An option that takes one; an hour where nothing is said.</summary>
    /// <param name="name">Name, with its dashes.</param>
    /// <param name="description">What happens at every step; what can be typed is added.</param>
    /// <param name="units">Letters of the units that are taken.</param>
    internal static Option<TimeStep> CreateOption(string name, string description, string units) => new(name)
    {
        Description = $"{description}: a number with {string.Join(", ", units.ToCharArray()[..^1])} or {units[^1]}.",
        HelpName = "TIME",
        CustomParser = argument => Parse(argument, name, units),
        DefaultValueFactory = static _ => Hour,
    };

    /// <summary>The step as it is typed.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}{Unit}");

    private static TimeStep Parse(ArgumentResult argument, string name, string units)
    {
        string text = argument.Tokens[0].Value;
        if (text.Length > 1 && units.Contains(text[^1], StringComparison.Ordinal)
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= 1 and <= CountMax)
        {
            return new TimeStep(count, text[^1]);
        }

        string forms = string.Join(" or ", units.Select(static own => $"1{own}"));
        argument.AddError($"{name}: '{text}' is no time such as {forms}, at most {CountMax} of them");
        return Hour;
    }

    private static long UnitMilliseconds(char unit) => unit switch
    {
        'm' => Timestamp.HourMilliseconds / 60,
        'h' => Timestamp.HourMilliseconds,
        _ => Timestamp.DayMilliseconds,
    };
}
