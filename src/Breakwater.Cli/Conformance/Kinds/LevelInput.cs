using System.Globalization;
using Breakwater.Margin.Tails;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>A confidence level as the exact decimal it is written as.</summary>
internal static class LevelInput
{
    private const int DecimalsMax = 15; // 10^15 fits a whole number of 64 bits

    /// <summary>Reads a level in (0, 1).</summary>
    public static TailLevel Read(CaseInputs inputs, string name)
    {
        string text = inputs.Exact(name).Text;
        int decimals = text.Length - 1 - text.IndexOf('.', StringComparison.Ordinal);
        return decimals is > 0 and <= DecimalsMax
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal level)
            && level is > 0m and < 1m
            ? Of(level, decimals)
            : throw new UnknownCaseException($"input {name} = {text} is no decimal such as 0.975");
    }

    private static TailLevel Of(decimal level, int decimals)
    {
        long whole = 1;
        for (int digit = 0; digit < decimals; digit++)
        {
            whole *= 10;
        }

        return new TailLevel((long)(level * whole), whole);
    }
}
