using Breakwater.Numerics;
using Breakwater.Scenarios;

namespace Breakwater.Tests.Scenarios;

public sealed class StudentMapLaws
{
    // The accuracy its documentation states.
    private const double RelativeError = 1e-6;

    [Theory]
    [InlineData(3, 5d)]
    [InlineData(2, 3d)]
    [InlineData(30, 30d)]
    public void Agrees_with_the_quantiles_it_tables(int copulaDegrees, double innovationDegrees)
    {
        StudentMap map = new(copulaDegrees, innovationDegrees);
        double scale = Math.Sqrt(innovationDegrees / (innovationDegrees - 2d));
        for (double number = 0.013; number < 1000d; number *= 1.7)
        {
            double tail = StudentT.Cdf(-number, copulaDegrees);
            if (tail < 1e-12)
            {
                break;
            }

            double exact = -StudentT.Quantile(tail, innovationDegrees) / scale;
            Assert.Equal(1d, map.Of(number) / exact, RelativeError);
            Assert.Equal(-map.Of(number), map.Of(-number));
        }
    }
}
