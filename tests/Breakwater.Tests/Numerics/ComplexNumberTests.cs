using System.Numerics;
using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

public sealed class ComplexNumberTests
{
    private const double Relative = 2e-14; // a few ulp of the larger part; System.Numerics.Complex is no better

    [Fact]
    public void Functions_agree_with_the_base_library()
    {
        Random random = new(5);
        for (int i = 0; i < 5_000; i++)
        {
            double scale = Math.Exp(6.0 * random.NextDouble() - 3.0);
            ComplexNumber z = new(scale * (2.0 * random.NextDouble() - 1.0), scale * (2.0 * random.NextDouble() - 1.0));
            Complex c = new(z.Real, z.Imaginary);
            Check(Complex.Exp(c), ComplexNumber.Exp(z), $"exp {z}");
            Check(Complex.Exp(c) - 1.0, ComplexNumber.Expm1(z), $"expm1 {z}");
            Check(Complex.Sqrt(c), ComplexNumber.Sqrt(z), $"sqrt {z}");
            Check(Complex.Log(1.0 + c), ComplexNumber.Log1p(z), $"log1p {z}");
            Check(c * c / (c + 1.5), z * z / (z + 1.5), $"product and quotient {z}");
        }
    }

    [Fact]
    public void Small_arguments_do_not_cancel()
    {
        ComplexNumber z = new(1e-17, -2e-17);
        Assert.Equal(z, ComplexNumber.Expm1(z));
        Assert.Equal(z, ComplexNumber.Log1p(z));
    }

    [Fact]
    public void Square_root_has_no_negative_real_part()
    {
        Assert.Equal(new ComplexNumber(0.0, 2.0), ComplexNumber.Sqrt(-4.0));
        Assert.Equal(default, ComplexNumber.Sqrt(0.0));
    }

    private static void Check(Complex expected, ComplexNumber actual, string label)
    {
        double tolerance = Relative * Math.Max(1.0, Complex.Abs(expected));
        double error = Complex.Abs(expected - new Complex(actual.Real, actual.Imaginary));
        Assert.True(error <= tolerance, $"{label}: {actual} not {expected}");
    }
}
