using System.Runtime.Intrinsics;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

/// <summary>Scalar, four lanes, eight lanes and spans give the same bits; NaN counts as equal to NaN.</summary>
public sealed class VectorMathLaws
{
    private const int PointCount = 20_000;

    public static TheoryData<string> Functions => ["Exp", "Log", "NormalCdf"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_width_has_the_bits_of_the_scalar_function(string name)
    {
        (Func<double, double> scalar, Func<Vector256<double>, Vector256<double>> four,
            Func<Vector512<double>, Vector512<double>> eight, Action<double[], double[]> span) = Forms(name);
        double[] inputs = Inputs();
        double[] filled = new double[inputs.Length];
        span(inputs, filled);
        for (int i = 0; i < inputs.Length; i++)
        {
            long expected = Bits(scalar(inputs[i]));
            Assert.True(expected == Bits(filled[i]), $"{name} span at {inputs[i]:R}");
        }

        for (int i = 0; i + 8 <= inputs.Length; i += 8)
        {
            Vector512<double> wide = eight(Vector512.Create(inputs.AsSpan(i, 8)));
            for (int lane = 0; lane < 8; lane++)
            {
                long expected = Bits(filled[i + lane]);
                Vector256<double> narrow = four(Vector256.Create(inputs.AsSpan(i + (lane & 4), 4)));
                Assert.True(expected == Bits(wide[lane]), $"{name} 512 at {inputs[i + lane]:R}");
                Assert.True(expected == Bits(narrow[lane & 3]), $"{name} 256 at {inputs[i + lane]:R}");
            }
        }
    }

    [Fact]
    public void A_span_may_be_filled_in_place_and_lengths_must_agree()
    {
        double[] values = [0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];
        double[] expected = values.Select(DeterministicMath.Exp).ToArray();
        VectorMath.Exp(values, values);
        Assert.Equal(expected, values);
        Assert.Throws<ArgumentException>(() => VectorMath.Exp(values, new double[3]));
    }

    private static double[] Inputs()
    {
        double[] special =
        [
            0.0, -0.0, 1.0, -1.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, double.NaN,
            double.PositiveInfinity, double.NegativeInfinity, 2.2250738585072014e-308, 2.225073858507201e-308,
            709.782712893384, 709.7827128933841, 710.0, -745.1332191019411, -745.1332191019412, -708.4, -750.0,
            39.0, -39.0, -38.5, -37.5, 0.7071067811865475, 0.7071067811865476, 1.4142135623730951,
            Math.BitDecrement(1.0), Math.BitIncrement(1.0), Math.BitDecrement(-1.0), 5.0, 8.3,
        ];
        return special
            .Concat(Points.Words(PointCount).Select(word => BitConverter.UInt64BitsToDouble(word)))
            .Concat(Points.Uniform(PointCount, -760.0, 720.0))
            .Concat(Points.Uniform(PointCount, -40.0, 10.0))
            .Concat(Points.Doubles(PointCount, -20, 20))
            .Concat([1.0, 2.0, 3.0]) // an odd rest for the span
            .ToArray();
    }

    private static long Bits(double value) => double.IsNaN(value) ? -1 : BitConverter.DoubleToInt64Bits(value);

    private static (Func<double, double>, Func<Vector256<double>, Vector256<double>>,
        Func<Vector512<double>, Vector512<double>>, Action<double[], double[]>) Forms(string name) => name switch
        {
            "Exp" => (DeterministicMath.Exp, VectorMath.Exp, VectorMath.Exp, (x, y) => VectorMath.Exp(x, y)),
            "Log" => (DeterministicMath.Log, VectorMath.Log, VectorMath.Log, (x, y) => VectorMath.Log(x, y)),
            _ => (NormalDistribution.Cdf, VectorMath.NormalCdf, VectorMath.NormalCdf,
                (x, y) => VectorMath.NormalCdf(x, y)),
        };
}
