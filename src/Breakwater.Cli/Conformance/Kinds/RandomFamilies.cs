using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Numerics;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>random123-kat</c> and <c>sobol-joe-kuo</c>.</summary>
internal static class RandomFamilies
{
    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("random123-kat", ["generator", "rounds", "counter", "key"], [], CounterBased),
        new("sobol-joe-kuo", ["index", "dimensions"], [], Sobol),
    ];

    private static Answers CounterBased(CaseInputs inputs) => new Answers().Add("output", () =>
    {
        ImmutableArray<string> counter = inputs.Texts("counter");
        ulong[] output = CounterBasedGenerators.Block(
            inputs.Text("generator"), inputs.Integer("rounds"), Words(counter), Words(inputs.Texts("key")));
        string format = "x" + counter[0].Length.ToString(CultureInfo.InvariantCulture);
        return new Answer.List(
            [.. output.Select(word => new Answer.Words(word.ToString(format, CultureInfo.InvariantCulture)))]);
    });

    private static Answers Sobol(CaseInputs inputs) => new Answers().Add("point", () =>
    {
        string[] range = inputs.Text("dimensions").Split("..");
        if (range.Length != 2
            || !int.TryParse(range[0], CultureInfo.InvariantCulture, out int first)
            || !int.TryParse(range[1], CultureInfo.InvariantCulture, out int last)
            || first < 1 || last < first)
        {
            throw new UnknownCaseException($"dimensions {inputs.Text("dimensions")} is no range such as 1..3");
        }

        uint index = checked((uint)inputs.Integer("index"));
        return Answer.Of(Enumerable.Range(first - 1, last - first + 1).Select(at => SobolSequence.Point(index, at)));
    });

    private static ulong[] Words(ImmutableArray<string> words) =>
        [.. words.Select(word => ulong.TryParse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong x)
            ? x
            : throw new UnknownCaseException($"{word} is no hexadecimal word"))];
}
