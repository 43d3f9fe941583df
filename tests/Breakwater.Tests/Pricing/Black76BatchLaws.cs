using System.Runtime.Intrinsics;
using Breakwater.Instruments;
using Breakwater.Numerics;
using Breakwater.Pricing;
using Breakwater.Tests.Numerics;

namespace Breakwater.Tests.Pricing;

public sealed class Black76BatchLaws
{
    private const int Count = 4_099; // an odd rest behind the last vector
    private const double RateAnnual = 0.03;
    private const double Tolerance = 3e-14; // of a figure's natural scale: d1 carries some ulp over a small deviation

    private static readonly double[] Forwards = [.. Points.Uniform(Count, 50.0, 150.0, 1)];
    private static readonly double[] Years = [.. Points.Uniform(Count, 0.002, 2.0, 2)];
    private static readonly double[] Volatilities = [.. Points.Uniform(Count, 0.1, 1.5, 3)];
    private static readonly double[] Strikes =
    [
        .. Points.Uniform(Count, -4.0, 4.0, 4).Select((height, i) =>
            i % 11 == 0 ? Forwards[i] : Forwards[i] * Math.Exp(height * Volatilities[i] * Math.Sqrt(Years[i]))),
    ];

    private static readonly double[] Signs = [.. Enumerable.Range(0, Count).Select(i => i % 2 == 0 ? 1.0 : -1.0)];

    [Fact]
    public void INV_M6_Every_vector_width_gives_the_bits_of_the_plain_version()
    {
        const int Whole = Count / 8 * 8;
        double[][] plain = Columns();
        Assert.True(Black76BatchKernel<ScalarLanes, double>.TryFill(Options(Whole), RateAnnual, Out(plain, Whole)));
        double[][] four = Columns();
        Assert.True(Black76BatchKernel<Vector256Lanes, Vector256<double>>.TryFill(
            Options(Whole), RateAnnual, Out(four, Whole)));
        double[][] eight = Columns();
        Assert.True(Black76BatchKernel<Vector512Lanes, Vector512<double>>.TryFill(
            Options(Whole), RateAnnual, Out(eight, Whole)));
        Assert.Equal(plain, four);
        Assert.Equal(plain, eight);
    }

    [Fact]
    public void INV_M6_An_option_alone_gives_the_bits_it_has_in_a_batch()
    {
        double[][] batch = Filled();
        double[][] alone = Columns();
        for (int i = 0; i < Count; i++)
        {
            Black76Batch.Inputs option = new(
                Forwards.AsSpan(i, 1), Strikes.AsSpan(i, 1), Years.AsSpan(i, 1), Volatilities.AsSpan(i, 1),
                Signs.AsSpan(i, 1));
            Assert.True(Black76Batch.TryFill(option, RateAnnual, new Black76Batch.Outputs(
                alone[0].AsSpan(i, 1), alone[1].AsSpan(i, 1), alone[2].AsSpan(i, 1), alone[3].AsSpan(i, 1),
                alone[4].AsSpan(i, 1))));
        }

        Assert.Equal(batch, alone);
    }

    [Fact]
    public void A_batch_agrees_with_the_accurate_sensitivities()
    {
        double[][] batch = Filled();
        for (int i = 0; i < Count; i++)
        {
            double discount = Math.Exp(-RateAnnual * Years[i]);
            Black76Greeks exact = Black76.Greeks(
                Signs[i] > 0.0 ? OptionRight.Call : OptionRight.Put, Forwards[i], Strikes[i], Volatilities[i],
                Years[i], discount);
            double deviation = Volatilities[i] * Math.Sqrt(Years[i]);
            double size = Math.Max(Forwards[i], Strikes[i]);
            Near(exact.Price, batch[0][i], size);
            Near(exact.Delta, batch[1][i], 1.0);
            Near(exact.Gamma, batch[2][i], 1.0 / (Forwards[i] * deviation));
            Near(exact.Vega, batch[3][i], Forwards[i] * Math.Sqrt(Years[i]));
            Near(exact.Theta, batch[4][i], size * (1.0 + deviation) / Years[i]); // its rate is −ln(D)/T
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(1e-60)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_input_outside_its_domain_is_reported(double wrong)
    {
        for (int column = 0; column < 4; column++)
        {
            double[][] inputs = [[.. Forwards], [.. Strikes], [.. Years], [.. Volatilities]];
            inputs[column][5] = wrong;
            Assert.False(Black76Batch.TryFill(
                new Black76Batch.Inputs(inputs[0], inputs[1], inputs[2], inputs[3], Signs), RateAnnual,
                Out(Columns(), Count)));
        }
    }

    [Fact]
    public void Lengths_must_agree() => Assert.Throws<ArgumentException>(() => Black76Batch.TryFill(
        new Black76Batch.Inputs(Forwards, Strikes, Years, Volatilities, Signs.AsSpan(1)), RateAnnual,
        Out(Columns(), Count)));

    private static void Near(double expected, double actual, double scale) =>
        Assert.InRange(actual - expected, -Tolerance * scale, Tolerance * scale);

    private static double[][] Filled()
    {
        double[][] columns = Columns();
        Assert.True(Black76Batch.TryFill(Options(Count), RateAnnual, Out(columns, Count)));
        return columns;
    }

    private static double[][] Columns() => [.. Enumerable.Range(0, 5).Select(_ => new double[Count])];

    private static Black76Batch.Inputs Options(int count) =>
        new Black76Batch.Inputs(Forwards, Strikes, Years, Volatilities, Signs).Slice(0, count);

    private static Black76Batch.Outputs Out(double[][] columns, int count) =>
        new Black76Batch.Outputs(columns[0], columns[1], columns[2], columns[3], columns[4]).Slice(0, count);
}
