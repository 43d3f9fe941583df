using Breakwater.Revaluation;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Revaluation;

public sealed class RiskArrayLaws
{
    [Fact]
    public void An_entry_is_the_exact_floor() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), value =>
        {
            double usd = Math.IEEERemainder(value.Get, 4e9);
            System.Numerics.BigInteger floor = ExactFloor(usd);
            return Entry(usd) == floor;
        }));

    [Theory]
    [InlineData(0.1, 100_000)] // 0.1 is a little above a tenth: product and floor agree
    [InlineData(0.3, 299_999)] // 0.3 is a little below three tenths, and 0.3·10⁶ rounds up to 300,000
    [InlineData(-0.3, -300_000)]
    [InlineData(-1e-12, -1)]
    [InlineData(0.0, 0)]
    public void A_product_is_never_rounded_before_the_floor(double usd, long entry) => Assert.Equal(entry, Entry(usd));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(9_007_199_255.0)] // above 2⁵³ micro-dollars, 9,007,199,254.740992
    [InlineData(-9_007_199_255.0)]
    public void What_does_not_fit_is_refused_by_its_index(double usd) =>
        Assert.Equal(1, RiskArray.Quantize([1.0, usd, 2.0], new long[3]));

    private static long Entry(double usd)
    {
        long[] entries = new long[1];
        Assert.Equal(-1, RiskArray.Quantize([usd], entries));
        return entries[0];
    }

    // value = mantissa·2^exponent exactly, so its floor in micro-dollars is a whole division.
    private static System.Numerics.BigInteger ExactFloor(double usd)
    {
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(usd));
        int exponent = Math.Max((int)(bits >> 52), 1) - 1075;
        long fraction = bits & ((1L << 52) - 1);
        System.Numerics.BigInteger mantissa = (bits >> 52) == 0 ? fraction : fraction | (1L << 52);
        System.Numerics.BigInteger micros = (usd < 0 ? -mantissa : mantissa) * 1_000_000;
        return exponent >= 0 ? micros << exponent : micros >> -exponent; // an arithmetic shift is a floor
    }
}
