using System.Numerics;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>Whole numbers of fixed width equal those of any width.</summary>
public sealed class WideWholeLaws
{
    private const int Trials = 20_000;

    [Fact]
    public void Division_by_an_invariant_divisor_equals_division()
    {
        Random random = new(1);
        for (int trial = 0; trial < Trials; trial++)
        {
            ulong divisor = (ulong)Draw(random, 1, 64) | 1;
            UInt128 value = Draw(random, 0, 128);
            WholeDivisor prepared = new(divisor);
            Assert.Equal(value / divisor, prepared.Down(value));
            Assert.Equal((value / divisor) + (value % divisor == 0 ? 0UL : 1UL), prepared.Up(value));
        }
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1_000_000_000UL)]
    public void Division_holds_at_the_edges(ulong divisor)
    {
        WholeDivisor prepared = new(divisor);
        foreach (UInt128 value in (UInt128[])
            [0, 1, divisor, divisor - 1, (UInt128)divisor << 64, ((UInt128)divisor << 64) - 1, UInt128.MaxValue])
        {
            Assert.Equal(value / divisor, prepared.Down(value));
        }
    }

    [Fact]
    public void Products_differences_and_order_equal_those_of_big_integers()
    {
        Random random = new(2);
        for (int trial = 0; trial < Trials; trial++)
        {
            (UInt128 a, UInt128 b) = (Draw(random, 0, 128), Draw(random, 0, 128));
            WideWhole product = WideWhole.Product(a, b);
            Assert.Equal((BigInteger)a * b, Big(product));
            (UInt128 small, UInt128 factor) = (Draw(random, 0, 80), Draw(random, 0, 90));
            Assert.Equal((BigInteger)small * small * factor, Big(WideWhole.Product(small, small).Times(factor)));
            WideWhole other = WideWhole.Product(Draw(random, 0, 128), b);
            Assert.Equal(Big(product) > Big(other), product.IsAbove(other));
            if (product.IsAbove(other)) Assert.Equal(Big(product) - Big(other), Big(product.Less(other)));
        }
    }

    [Fact]
    public void Quotients_equal_those_of_big_integers_also_next_to_multiples()
    {
        Random random = new(3);
        for (int trial = 0; trial < Trials; trial++)
        {
            (UInt128 quotient, UInt128 divisor) = (Draw(random, 0, 99), Draw(random, 1, 127) | 1);
            WideWhole value = WideWhole.Product(quotient, divisor);
            if (trial % 3 == 1) value = value with { Low = value.Low + (value.Low == UInt128.MaxValue ? 0UL : 1UL) };
            if (trial % 3 == 2 && value.Low > 0) value = value with { Low = value.Low - 1 };
            BigInteger down = Big(value) / divisor;
            Assert.Equal(down, (BigInteger)value.DivideDown(divisor));
            Assert.Equal((Big(value) + divisor - 1) / divisor, (BigInteger)value.DivideUp(divisor));
        }
    }

    [Fact]
    public void Roots_of_ratios_equal_whole_roots_also_next_to_squares()
    {
        Random random = new(4);
        int held = 0;
        for (int trial = 0; trial < Trials; trial++)
        {
            (UInt128 a, UInt128 b, UInt128 c) = (Draw(random, 0, 84), Draw(random, 0, 84), Draw(random, 1, 120) | 1);
            if (trial % 4 == 1) (b, c) = (c >> 36, c >> 36); // exactly a
            if (trial % 4 == 2) (a, b, c) = (a >> 40, ((b >> 44) * (b >> 44)) + (ulong)random.Next(3), 1 + (c >> 118));
            c = c == 0 ? 1 : c;
            BigInteger square = (BigInteger)a * a * b;
            BigInteger expected = WholeRoot.Down(square / c);
            bool isHeld = new RatioRoot(c).TryDown(a, b, out UInt128 root);
            held += isHeld ? 1 : 0;
            Assert.True(isHeld || square.GetBitLength() >= 250 || expected.GetBitLength() > 92);
            Assert.True(!isHeld || expected == root, $"{a}·√({b} ÷ {c}) is {expected}, not {root}");
        }

        Assert.True(held > Trials / 2);
    }

    private static BigInteger Big(in WideWhole value) => ((BigInteger)value.High << 128) + value.Low;

    // Uniform in the count of bits.
    private static UInt128 Draw(Random random, int leastBits, int mostBits)
    {
        UInt128 bits = unchecked(new UInt128(
            (ulong)random.NextInt64(long.MinValue, long.MaxValue),
            (ulong)random.NextInt64(long.MinValue, long.MaxValue)));
        return bits >> (128 - Math.Max(1, random.Next(leastBits, mostBits + 1)));
    }
}
