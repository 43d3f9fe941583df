using System.Numerics;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(0.1, 100_001, 100_000)] // the double 0.1 is a little above one tenth
    [InlineData(-0.1, -100_000, -100_001)]
    [InlineData(0.3, 300_000, 299_999)] // the double 0.3 is a little below
    [InlineData(1.5, 1_500_000, 1_500_000)]
    [InlineData(5e-324, 1, 0)]
    [InlineData(-5e-324, 0, -1)]
    [InlineData(1e15, 1_000_000_000_000_000_000_000d, 1_000_000_000_000_000_000_000d)]
    [InlineData(0.0, 0, 0)]
    public void Doubles_round_in_the_named_direction(double usd, double up, double down)
    {
        Assert.Equal((Int128)up, Money.FromDoubleUp(usd).MicroDollars);
        Assert.Equal((Int128)down, Money.FromDoubleDown(usd).MicroDollars);
    }

    [Fact]
    public void Rounding_of_doubles_equals_exact_rational_arithmetic()
    {
        foreach (double usd in Points.Doubles(20_000, -60, 40))
        {
            // usd·2^1074 is an integer: the exact amount of micro-dollars is that integer times 10⁶ over 2^1074.
            BigInteger exact = ExactNumbers.TimesTwoTo1074(usd) * 1_000_000;
            BigInteger unit = BigInteger.One << 1074;
            BigInteger floor = exact >> 1074;
            BigInteger ceiling = floor + (exact == floor * unit ? 0 : 1);
            Assert.Equal(floor, (BigInteger)Money.FromDoubleDown(usd).MicroDollars);
            Assert.Equal(ceiling, (BigInteger)Money.FromDoubleUp(usd).MicroDollars);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Non_finite_doubles_are_refused(double usd) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Money.FromDoubleUp(usd));

    [Theory]
    [InlineData(1e33)]
    [InlineData(-1e33)]
    [InlineData(1.7976931348623157e308)]
    public void Doubles_beyond_the_range_overflow(double usd) =>
        Assert.Throws<OverflowException>(() => Money.FromDoubleDown(usd));

    [Fact]
    public void Sums_are_checked()
    {
        Money largest = Money.FromMicroDollars(Int128.MaxValue);
        Money smallest = Money.FromMicroDollars(Int128.MinValue);
        Money unit = Money.FromMicroDollars(1);
        Assert.Throws<OverflowException>(() => largest + unit);
        Assert.Throws<OverflowException>(() => smallest - unit);
        Assert.Throws<OverflowException>(() => -smallest);
        Assert.Throws<OverflowException>(() => largest.MultiplyUp(2, 1));
    }

    [Theory]
    [InlineData(10, 1, 3, 4, 3)]
    [InlineData(-10, 1, 3, -3, -4)]
    [InlineData(10, -1, 3, -3, -4)]
    [InlineData(9, 1, 3, 3, 3)]
    [InlineData(0, 1, 3, 0, 0)]
    public void Fractions_round_in_the_named_direction(int micros, int numerator, int denominator, int up, int down)
    {
        Money amount = Money.FromMicroDollars(micros);
        Assert.Equal(up, (int)amount.MultiplyUp(numerator, denominator).MicroDollars);
        Assert.Equal(down, (int)amount.MultiplyDown(numerator, denominator).MicroDollars);
    }

    [Fact]
    public void A_denominator_must_be_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Money.Zero.MultiplyDown(1, 0));

    [Theory]
    [InlineData(0, "0.000000")]
    [InlineData(1, "0.000001")]
    [InlineData(-1, "-0.000001")]
    [InlineData(-12_340_000, "-12.340000")]
    public void Text_has_exactly_six_decimals(int micros, string text)
    {
        Assert.Equal(text, Money.FromMicroDollars(micros).ToString());
        Assert.True(Money.TryParse(text, out Money read));
        Assert.Equal(micros, (int)read.MicroDollars);
    }

    [Fact]
    public void The_extremes_print_exactly()
    {
        Assert.Equal("170141183460469231731687303715884.105727", Money.FromMicroDollars(Int128.MaxValue).ToString());
        Assert.Equal("-170141183460469231731687303715884.105728", Money.FromMicroDollars(Int128.MinValue).ToString());
        Assert.True(Money.TryParse("-170141183460469231731687303715884.105728", out Money least));
        Assert.Equal(Int128.MinValue, least.MicroDollars);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("01")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("170141183460469231731687303715884.105728")]
    [InlineData("1.0000001")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("--1")]
    [InlineData("١")]
    [InlineData("999999999999999999999999999999999999999999999999")]
    public void Anything_but_a_strict_decimal_is_refused(string text)
    {
        Assert.False(Money.TryParse(text, out Money money));
        Assert.Equal(Money.Zero, money);
    }

    [Fact]
    public void Text_round_trips()
    {
        foreach (double usd in Points.Doubles(2_000, -30, 90))
        {
            Money amount = Money.FromDoubleUp(usd);
            Assert.True(Money.TryParse(amount.ToString(), out Money read));
            Assert.Equal(amount, read);
        }
    }
}
