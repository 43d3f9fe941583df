using System.Globalization;
using System.Text.Json;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

public sealed class SobolSequenceTests
{
    private const double ReferenceAbsolute = 1.0 / (1 << 30); // the file's tolerance, its points have 30 bits

    [Fact]
    public void Every_reference_point_is_reproduced()
    {
        List<(JsonElement Inputs, JsonElement Expected)> cases = ReferenceFile.Cases("sobol-joe-kuo");
        Assert.NotEmpty(cases);
        foreach ((JsonElement inputs, JsonElement expected) in cases)
        {
            uint index = inputs.GetProperty("index").GetUInt32();
            JsonElement dimensions = inputs.GetProperty("dimensions");
            string text = dimensions.ValueKind == JsonValueKind.Array
                ? dimensions[0].GetRawText()
                : dimensions.GetString()!.Split("..")[0];
            int first = int.Parse(text, CultureInfo.InvariantCulture) - 1;
            int i = 0;
            foreach (JsonElement value in expected.GetProperty("point").EnumerateArray())
            {
                Assert.Equal(value.GetDouble(), SobolSequence.Point(index, first + i++), ReferenceAbsolute);
            }
        }
    }

    // new-joe-kuo-6.21201, first and further lines: dimension d, degree s, coefficients a, numbers m.
    [Theory]
    [InlineData(2, 1, 0, new uint[] { 1 })]
    [InlineData(3, 2, 1, new uint[] { 1, 3 })]
    [InlineData(4, 3, 1, new uint[] { 1, 3, 1 })]
    [InlineData(5, 3, 2, new uint[] { 1, 1, 1 })]
    [InlineData(6, 4, 1, new uint[] { 1, 1, 3, 3 })]
    [InlineData(7, 4, 4, new uint[] { 1, 3, 5, 13 })]
    [InlineData(10, 5, 7, new uint[] { 1, 1, 7, 11, 19 })]
    public void Direction_numbers_follow_the_published_recurrence(int dimension, int degree, int a, uint[] initial)
    {
        List<ulong> m = initial.Select(number => (ulong)number).ToList();
        while (m.Count < 32)
        {
            // Joe and Kuo (2008), equation 2: m_j = 2a₁m_(j−1) ⊕ … ⊕ 2^s m_(j−s) ⊕ m_(j−s).
            int j = m.Count;
            ulong next = (m[j - degree] << degree) ^ m[j - degree];
            for (int i = 1; i < degree; i++)
            {
                if (((a >> (degree - 1 - i)) & 1) == 1) next ^= m[j - i] << i;
            }

            m.Add(next);
        }

        for (int bit = 0; bit < 32; bit++)
        {
            // The Gray code of this index is the single bit.
            uint index = 0;
            for (int k = bit; k >= 0; k--) index |= 1u << k;
            Assert.Equal((uint)(m[bit] << (31 - bit)), SobolSequence.Word(index, dimension - 1));
        }
    }

    [Fact]
    public void Sequential_and_random_access_agree()
    {
        uint[] words = new uint[100];
        foreach (uint first in new uint[] { 0, 1, 4095, 123_456_789, uint.MaxValue - 99 })
        {
            SobolSequence.Fill(first, 777, words);
            for (int i = 0; i < words.Length; i++) Assert.Equal(SobolSequence.Word(first + (uint)i, 777), words[i]);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(SobolSequence.DimensionCount)]
    public void Unknown_dimensions_are_refused(int dimension) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SobolSequence.Point(0, dimension));
}
