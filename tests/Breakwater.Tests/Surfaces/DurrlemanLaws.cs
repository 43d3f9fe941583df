using Breakwater.Instruments;
using Breakwater.Pricing;
using Breakwater.Surfaces;

namespace Breakwater.Tests.Surfaces;

public sealed class DurrlemanLaws
{
    private const int DenseCount = 4_000; // Points of a brute-force search.
    private const double SearchTolerance = 1e-9; // g at a refined minimum against g at the nearest dense point.

    // Gatheral and Jacquier (2014), example 3.1 (A. Vogt): the density is negative near k = 0.8.
    private static readonly SviParameters Vogt = new(-0.0410, 0.1331, 0.3060, 0.3586, 0.4153);

    [Fact]
    public void The_published_slice_with_negative_density_is_found_out()
    {
        Assert.False(Durrleman.IsButterflyFree(Vogt));
        (double value, double k) = Durrleman.Minimum(Vogt);
        Assert.Equal(-0.0328636, value, 1e-6); // by a fine grid over the formula
        Assert.InRange(k, 0.6, 1.2);
    }

    [Fact]
    public void The_published_repair_of_that_slice_passes()
    {
        // Gatheral and Jacquier (2014), example 5.1: jump wings (0.01742625, −0.1752111, 0.6997381, 1.316798,
        // 0.0116249) become c* = 0.3493158 and ṽ* = 0.01548182 at T = 1.
        SviParameters repaired = new SviJumpWings(0.01742625, -0.1752111, 0.6997381, 0.3493158, 0.01548182).ToRaw(1.0);
        Assert.True(Durrleman.IsButterflyFree(repaired));
    }

    [Fact]
    public void G_is_the_sign_and_size_of_the_density_in_prices() => Drawn.Always(1_000, draw =>
    {
        // Gatheral and Jacquier (2014), eq. 2.2 in strike: C''(K) = g·φ(d2)/(K·√w), here with F = 1.
        SviParameters slice = draw.Slice();
        double k = draw.Between(-0.7, 0.7);
        double w = slice.TotalVariance(k);
        double d2 = -k / Math.Sqrt(w) - 0.5 * Math.Sqrt(w);
        double strike = Math.Exp(k);
        double density = Durrleman.G(slice, k) * Math.Exp(-0.5 * d2 * d2) / (strike * Math.Sqrt(2.0 * Math.PI * w));
        double h = 2e-3 * strike * Math.Min(slice.Sigma, Math.Sqrt(w));
        double At(double step) =>
            Black76.Value(OptionRight.Call, 1.0, strike + step, slice.TotalVariance(Math.Log(strike + step)));
        double near = At(h) + At(-h);
        double second = (16.0 * near - At(2.0 * h) - At(-2.0 * h) - 30.0 * At(0.0)) / (12.0 * h * h);
        double noise = 1e-14 / (h * h); // rounding of prices of order one, divided as in the line above
        double truncation = 1e-4 * (1.0 + Math.Abs(density)) * Math.Max(1.0, 1.0 / slice.Sigma);
        return Math.Abs(second - density) <= noise + truncation;
    });

    [Fact]
    public void The_slope_is_the_derivative_of_g() => Drawn.Always(2_000, draw =>
    {
        SviParameters slice = draw.Slice();
        double level = draw.Between(1.0, 4.0);
        double k = draw.Between(-1.0, 1.0);
        double h = 1e-4 * Math.Min(slice.Sigma, 0.1);
        double difference = (Durrleman.G(slice, k + h, level) - Durrleman.G(slice, k - h, level)) / (2.0 * h);
        double slope = Durrleman.Slope(slice, k, level);
        double scale = (1.0 + Math.Abs(Durrleman.G(slice, k, level))) / slice.Sigma;
        return Math.Abs(difference - slope) <= 1e-4 * (Math.Abs(slope) + scale);
    });

    [Fact]
    public void A_level_inside_g_is_the_slice_moved_to_that_level() => Drawn.Always(2_000, draw =>
    {
        SviParameters slice = draw.Slice();
        double level = draw.Between(0.2, 5.0);
        double k = draw.Between(-2.0, 2.0);
        double moved = Durrleman.G(slice.AtLevel(level), level * k);
        return Math.Abs(moved - Durrleman.G(slice, k, level)) <= 1e-11 * (1.0 + Math.Abs(moved));
    });

    [Fact]
    public void No_point_lies_below_the_minimum() => Drawn.Always(400, draw =>
    {
        SviParameters slice = draw.Slice();
        (double least, double k) = Durrleman.Minimum(slice);
        double dense = DenseMinimum(slice, 1.0);
        return least <= dense + SearchTolerance && Math.Abs(Durrleman.G(slice, k) - least) <= 1e-15;
    });

    [Fact]
    public void The_table_never_misses_a_dip() => Drawn.Always(3_000, draw =>
    {
        // Slices are moved until their least g is near zero, where the table and the search could disagree.
        SviParameters slice = draw.Slice();
        double level = draw.Between(1.0, 3.0);
        for (int i = 0; i < 60 && Durrleman.Minimum(slice, level).Value < draw.Between(-0.02, 0.0); i++)
        {
            double least = slice.MinimumVariance;
            slice = slice with { B = 0.9 * slice.B, A = least - 0.9 * (least - slice.A) };
        }

        double minimum = Durrleman.Minimum(slice, level).Value;
        bool isSteep = level * slice.SteeperWing >= Durrleman.WingLimit;
        if (!isSteep && Math.Abs(minimum) < SearchTolerance) return true;
        return Durrleman.IsButterflyFree(slice, level) == (!isSteep && minimum >= 0.0);
    });

    [Fact]
    public void Wings_of_two_or_more_are_never_free() => Drawn.Always(500, draw =>
    {
        SviParameters slice = draw.Slice();
        return !Durrleman.IsButterflyFree(slice with { B = draw.Between(2.0, 5.0) / (1.0 + Math.Abs(slice.Rho)) });
    });

    [Fact]
    public void A_slice_that_reaches_zero_variance_is_never_free() => Drawn.Always(500, draw =>
    {
        SviParameters slice = draw.Slice();
        return !Durrleman.IsButterflyFree(slice with { A = slice.A - slice.MinimumVariance * draw.Between(1.0, 2.0) });
    });

    private static double DenseMinimum(SviParameters slice, double level)
    {
        double least = double.MaxValue;
        for (int i = 0; i <= DenseCount; i++)
        {
            double k = slice.M + slice.Sigma * Math.Sinh(6.0 * (2.0 * i / DenseCount - 1.0));
            least = Math.Min(least, Durrleman.G(slice, k, level));
        }

        return least;
    }
}
