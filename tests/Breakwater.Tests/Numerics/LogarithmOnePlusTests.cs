using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

public sealed class LogarithmOnePlusTests
{
    private const double Relative = 4.5e-16; // 2 ulp, as documented

    [Fact]
    public void Small_arguments_of_either_sign_keep_relative_accuracy() // failed by 3e-11 at −4e-7: sum rounded upwards
    {
        Random random = new(11);
        for (int i = 0; i < 20_000; i++)
        {
            double x = Math.Exp(-9.3 - 25.0 * random.NextDouble()) * (i % 2 == 0 ? 1.0 : -1.0);
            double series = x * (1.0 - x * (1.0 / 2.0 - x * (1.0 / 3.0 - x * (1.0 / 4.0 - x / 5.0)))); // |x| < 1e-4
            double actual = DeterministicMath.Log1p(x);
            Assert.True(Math.Abs(actual - series) <= Relative * Math.Abs(series), $"log1p({x:R}) = {actual:R}");
        }
    }
}
