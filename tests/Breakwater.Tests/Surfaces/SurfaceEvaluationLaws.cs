using System.Collections.Immutable;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Surfaces;

public sealed class SurfaceEvaluationLaws
{
    private const double Rounding = 1e-13; // Relative, of a few products and sums.

    [Fact]
    public void At_a_listed_expiry_variance_is_the_greatest_of_the_slices_so_far() => Drawn.Always(500, draw =>
    {
        (SviParameters[] slices, double[] years) = Any(draw);
        int index = draw.Count(0, slices.Length);
        double k = draw.Between(-2.0, 2.0);
        double expected = slices.Take(index + 1).Max(slice => slice.TotalVariance(k));
        return SurfaceEvaluation.TotalVariance(slices, years, k, years[index]) == expected;
    });

    [Fact]
    public void Between_expiries_variance_lies_on_the_line_between_its_neighbours() => Drawn.Always(500, draw =>
    {
        (SviParameters[] slices, double[] years) = Any(draw);
        int index = draw.Count(0, slices.Length);
        double k = draw.Between(-2.0, 2.0);
        double share = draw.Between(0.0, 1.0);
        double before = index == 0 ? 0.0 : years[index - 1];
        double low = SurfaceEvaluation.TotalVariance(slices, years, k, before);
        double high = SurfaceEvaluation.TotalVariance(slices, years, k, years[index]);
        double between = SurfaceEvaluation.TotalVariance(slices, years, k, before + share * (years[index] - before));
        return between >= low * (1.0 - Rounding) && between <= high * (1.0 + Rounding)
            && Math.Abs(between - (low + share * (high - low))) <= Rounding * high;
    });

    [Fact]
    public void Variance_never_falls_in_expiry_whatever_the_slices() => Drawn.Always(500, draw =>
    {
        (SviParameters[] slices, double[] years) = Any(draw);
        double k = draw.Between(-3.0, 3.0);
        double earlier = draw.Between(0.0, 1.5 * years[^1]);
        double later = earlier + draw.Between(0.0, years[^1]);
        double difference = SurfaceEvaluation.TotalVariance(slices, years, k, later)
            - SurfaceEvaluation.TotalVariance(slices, years, k, earlier);
        return difference >= -Rounding * SurfaceEvaluation.TotalVariance(slices, years, k, later);
    });

    [Fact]
    public void Two_expiries_at_once_have_the_bits_of_each_alone() => Drawn.Always(1_000, draw =>
    {
        (SviParameters[] slices, double[] years) = Any(draw);
        double k = draw.Between(-3.0, 3.0);
        double first = draw.Count(0, 3) == 0 ? years[draw.Count(0, years.Length)] : draw.Between(0.0, 1.5 * years[^1]);
        double second = first + (draw.Count(0, 3) == 0 ? 0.0 : draw.Between(0.0, years[^1]));
        (double earlier, double later) = SurfaceEvaluation.TotalVariances(slices, years, k, first, second);
        return earlier == SurfaceEvaluation.TotalVariance(slices, years, k, first)
            && later == SurfaceEvaluation.TotalVariance(slices, years, k, second);
    });

    [Fact]
    public void Beyond_the_last_expiry_variance_grows_at_the_last_forward_variance_or_a_quarter_of_the_flat_one() =>
        Drawn.Always(500, draw =>
        {
            // METHODOLOGY 2.3: a grows at the last forward variance at k = 0, at least a quarter of flat growth.
            VolatilitySurface surface = draw.Surface(draw.Count(2, 6));
            ImmutableArray<double> years = surface.SliceYears;
            double last = surface.Svi[^1].TotalVariance(0.0);
            double forward = (last - surface.Svi[^2].TotalVariance(0.0)) / (years[^1] - years[^2]);
            double rate = Math.Max(forward, 0.25 * last / years[^1]);
            double k = draw.Between(-1.0, 1.0);
            double beyond = draw.Between(0.0, 2.0);
            double expected = surface.Svi[^1].TotalVariance(k) + rate * beyond;
            double actual = SurfaceEvaluation.TotalVariance(surface, k, years[^1] + beyond);
            return Math.Abs(actual - expected) <= 1e-12 * expected;
        });

    [Fact]
    public void At_no_time_there_is_no_variance() => Drawn.Always(100, draw =>
        SurfaceEvaluation.TotalVariance(draw.Surface(3), draw.Between(-3.0, 3.0), 0.0) == 0.0);

    [Fact]
    public void Prices_of_a_drawn_surface_are_free_of_arbitrage_between_its_slices_too() =>
        Drawn.Always(40, draw => CallPrices.AreFreeOfArbitrage(draw.Surface(draw.Count(1, 5), 1.0)));

    [Theory]
    [InlineData(double.NaN, 0.1)]
    [InlineData(double.PositiveInfinity, 0.1)]
    [InlineData(0.0, -0.1)]
    [InlineData(0.0, double.NaN)]
    public void What_is_no_strike_or_expiry_is_refused(double k, double years)
    {
        VolatilitySurface surface = new Drawn(1).Surface(3);
        Assert.ThrowsAny<ArgumentException>(() => SurfaceEvaluation.TotalVariance(surface, k, years));
        Assert.ThrowsAny<ArgumentException>(() => SurfaceEvaluation.VolatilityAnnual(surface, k, years));
    }

    // Slices in no order at all: what evaluation promises does not rest on the certificate.
    private static (SviParameters[] Slices, double[] Years) Any(Drawn draw)
    {
        SviParameters[] slices = [.. Enumerable.Range(0, draw.Count(1, 7)).Select(_ => draw.Slice())];
        double[] years = new double[slices.Length];
        double time = 0.0;
        for (int i = 0; i < years.Length; i++) years[i] = time += draw.Between(0.01, 0.5);
        return (slices, years);
    }
}
