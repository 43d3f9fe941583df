using System.Runtime.Intrinsics;
using Breakwater.Numerics;
using Breakwater.Revaluation;
using Breakwater.Tests.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Revaluation;

public sealed class RiskArrayLaws
{
    [Fact]
    public void An_entry_is_the_exact_floor() => FsCheck.Check.One(
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

    [Fact]
    public void INV_M6_Every_vector_width_gives_the_bits_of_the_plain_version()
    {
        double[] hostile = [.. Hostile()];
        long[] plain = new long[hostile.Length];
        Assert.Equal(-1, RiskArray.QuantizePlain(hostile, plain, 0));
        long[] four = [.. plain];
        (int done, bool isInside) = RiskArray.QuantizeVectors<Vector256Lanes, Vector256<double>>(
            hostile, Cleared(four));
        Assert.True(isInside);
        Assert.Equal(plain[..done], four[..done]);
        long[] eight = [.. plain];
        (done, isInside) = RiskArray.QuantizeVectors<Vector512Lanes, Vector512<double>>(hostile, Cleared(eight));
        Assert.True(isInside);
        Assert.Equal(plain[..done], eight[..done]);
        long[] dispatched = new long[hostile.Length];
        Assert.Equal(-1, RiskArray.Quantize(hostile, dispatched));
        Assert.Equal(plain, dispatched);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(9_007_199_254.741)] // just above 2⁵³ micro-dollars
    public void What_does_not_fit_is_refused_by_its_index_in_a_vector_too(double usd)
    {
        for (int place = 0; place < 21; place++)
        {
            double[] values = new double[21];
            values[place] = usd;
            Assert.Equal(place, RiskArray.Quantize(values, new long[21]));
        }
    }

    // Whole micro-dollars, their neighbours on both sides, ties, subnormals, and the greatest that fit.
    private static IEnumerable<double> Hostile()
    {
        foreach (double micros in Points.Doubles(4_000, 0, 53))
        {
            double usd = Math.Floor(micros) / 1e6;
            yield return usd;
            yield return Math.BitDecrement(usd);
            yield return Math.BitIncrement(usd);
            yield return (Math.Floor(micros / 2.0) + 0.5) / 1e6;
        }

        foreach (double usd in Points.Doubles(4_000, -80, 32)) yield return usd;
        foreach (double usd in (double[])
            [0.0, -0.0, double.Epsilon, -double.Epsilon, 1e-300, -1e-300, 9_007_199_254.740990, -9_007_199_254.740990])
        {
            yield return usd;
        }
    }

    private static long[] Cleared(long[] entries)
    {
        Array.Clear(entries);
        return entries;
    }

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
