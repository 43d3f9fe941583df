using System.Globalization;
using System.Text.Json;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

public sealed class CounterBasedGeneratorTests
{
    [Fact]
    public void Every_published_known_answer_is_reproduced()
    {
        List<(JsonElement Inputs, JsonElement Expected)> cases = ReferenceFile.Cases("random123-kat");
        Assert.NotEmpty(cases);
        foreach ((JsonElement inputs, JsonElement expected) in cases)
        {
            ulong[] output = CounterBasedGenerators.Block(
                inputs.GetProperty("generator").GetString()!,
                inputs.GetProperty("rounds").GetInt32(),
                Words(inputs.GetProperty("counter")),
                Words(inputs.GetProperty("key")));
            Assert.Equal(Words(expected.GetProperty("output")), output);
        }
    }

    // Random123 1.14, tests/kat_vectors: philox4x32 10, digits of π (Salmon et al. 2011).
    [Fact]
    public void The_production_generator_answers_the_digits_of_pi() => Assert.Equal(
        (0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
        Philox4x32.Block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0x299f31d0a4093822));

    [Fact]
    public void The_production_generator_equals_the_model()
    {
        ulong[] words = Points.Words(6_000).Select(w => w >> 32).ToArray();
        for (int i = 0; i < words.Length; i += 6)
        {
            ulong[] model = CounterBasedGenerators.Block("philox4x32", 10, words.AsSpan(i, 4), words.AsSpan(i + 4, 2));
            (uint x0, uint x1, uint x2, uint x3) = Philox4x32.Block(
                (uint)words[i],
                (uint)words[i + 1],
                (uint)words[i + 2],
                (uint)words[i + 3],
                words[i + 4] | (words[i + 5] << 32));
            Assert.Equal(model, new ulong[] { x0, x1, x2, x3 });
        }
    }

    [Theory]
    [InlineData(0u, 1.1641532182693481e-10)]
    [InlineData(uint.MaxValue, 1.0 - 1.1641532182693481e-10)]
    [InlineData(0x80000000u, 0.5 + 1.1641532182693481e-10)]
    public void Uniform_numbers_are_middles_of_cells(uint word, double uniform) =>
        Assert.Equal(uniform, Philox4x32.ToUniform(word));

    [Theory]
    [InlineData("philox8x32", 4, 2, 1UL)]
    [InlineData("philox4x32", 2, 2, 1UL)]
    [InlineData("philox4x32", 4, 4, 1UL)]
    [InlineData("threefry4x32", 4, 2, 1UL)]
    [InlineData("philox4x32", 4, 2, 0x1_0000_0000UL)]
    public void Unfitting_requests_are_refused(string generator, int counterCount, int keyCount, ulong word) =>
        Assert.ThrowsAny<ArgumentException>(() => CounterBasedGenerators.Block(
            generator,
            10,
            Enumerable.Repeat(word, counterCount).ToArray(),
            Enumerable.Repeat(1UL, keyCount).ToArray()));

    private static ulong[] Words(JsonElement array) => array.EnumerateArray()
        .Select(word => ulong.Parse(word.GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
        .ToArray();
}
