using Breakwater.Numerics;

namespace Breakwater.Tests.Numerics;

public sealed class NelderMeadTests
{
    [Fact]
    public void Finds_the_valley_of_Rosenbrock()
    {
        // Rosenbrock (1960): least value 0 at (1, 1).
        (double[] point, double value) = NelderMead.Minimise(
            at => (100.0 * Math.Pow(at[1] - at[0] * at[0], 2)) + Math.Pow(1.0 - at[0], 2),
            [-1.2, 1.0], [0.1, 0.1], 5_000, 1e-16);
        Assert.Equal(0.0, value, 1e-12);
        Assert.Equal(1.0, point[0], 1e-5);
        Assert.Equal(1.0, point[1], 1e-5);
    }

    [Fact]
    public void Walls_of_infinity_are_not_crossed()
    {
        (double[] point, _) = NelderMead.Minimise(
            at => at[0] < 2.0 ? double.PositiveInfinity : at[0] * at[0], [5.0], [1.0], 1_000, 1e-12);
        Assert.InRange(point[0], 2.0, 2.01);
    }
}
