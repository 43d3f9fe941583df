using Breakwater.Surfaces;

namespace Breakwater.Tests.Surfaces;

public sealed class SurfaceShockLaws
{
    private const double MonthYears = 30.0 / 365.0;

    [Fact]
    public void No_shock_changes_no_bit() => Drawn.Always(200, draw =>
    {
        VolatilitySurface surface = draw.Surface(draw.Count(1, 6));
        return surface.Svi.AsSpan().SequenceEqual(Shocked(surface, SmileShock.None));
    });

    [Fact]
    public void Every_shocked_slice_is_free_of_butterflies() => Drawn.Always(1_000, draw =>
    {
        VolatilitySurface surface = draw.Surface(draw.Count(1, 6), draw.Between(1.0, 3.0));
        return Shocked(surface, AnyShock(draw)).All(slice => Durrleman.Minimum(slice) is var least
            && least.Value >= -1e-9 && slice.SteeperWing < Durrleman.WingLimit && slice.MinimumVariance > 0.0);
    });

    [Fact]
    public void Calls_under_a_shocked_surface_are_convex_and_in_order() => Drawn.Always(60, draw =>
    {
        VolatilitySurface surface = draw.Surface(draw.Count(1, 5));
        SviParameters[] shocked = Shocked(surface, AnyShock(draw));
        return shocked.All(CallPrices.AreConvex)
            && InOrder(Drawn.SurfaceOf([.. shocked], surface.SliceYears));
    });

    [Fact]
    public void A_level_shock_moves_volatility_at_the_money_by_its_term_scaled_factor() => Drawn.Always(500, draw =>
    {
        VolatilitySurface surface = draw.Surface(draw.Count(1, 6));
        double relative = draw.Between(-1.5, 3.0);
        SviParameters[] shocked = Shocked(surface, new SmileShock(relative, 0.0, 0.0));
        return Enumerable.Range(0, shocked.Length).All(i =>
        {
            double factor = Math.Max(0.1, 1.0 + relative * ExpectedScale(surface.SliceYears[i]));
            double expected = factor * factor * surface.Svi[i].TotalVariance(0.0);
            return Math.Abs(shocked[i].TotalVariance(0.0) - expected) <= 1e-12 * expected;
        });
    });

    [Fact]
    public void A_level_shock_within_the_certified_level_keeps_the_shape_in_standardised_moneyness() =>
        Drawn.Always(500, draw =>
        {
            VolatilitySurface surface = draw.Surface(1);
            double factor = draw.Between(0.1, 3.0);
            double relative = (factor - 1.0) / ExpectedScale(surface.SliceYears[0]);
            SviParameters shocked = Shocked(surface, new SmileShock(relative, 0.0, 0.0))[0];
            double k = draw.Between(-1.0, 1.0);
            double expected = factor * factor * surface.Svi[0].TotalVariance(k);
            return Math.Abs(shocked.TotalVariance(factor * k) - expected) <= 1e-10 * expected;
        });

    [Fact]
    public void A_twist_keeps_variance_at_the_money() => Drawn.Always(500, draw =>
    {
        VolatilitySurface surface = draw.Surface(draw.Count(1, 6));
        SmileShock twist = new(0.0, draw.Between(-1.0, 1.0), draw.Between(-1.0, 2.0));
        SviParameters[] shocked = Shocked(surface, twist);
        return shocked.Zip(surface.Svi).All(pair =>
            Math.Abs(pair.First.TotalVariance(0.0) - pair.Second.TotalVariance(0.0))
                <= 1e-12 * (pair.Second.TotalVariance(0.0) + pair.Second.B * pair.Second.Sigma));
    });

    [Fact]
    public void A_small_twist_is_taken_whole() => Drawn.Always(200, draw =>
    {
        // A flat slice has room for any small twist: nothing is halved.
        EssviParameters flat = new(0.04, draw.Between(-0.5, 0.5), 0.02);
        VolatilitySurface surface = Drawn.SurfaceOf([flat.ToSvi()], [0.25]);
        (double rho, double smile) = (draw.Between(-0.1, 0.1), draw.Between(-0.2, 0.2));
        SviParameters shocked = Shocked(surface, new SmileShock(0.0, rho, smile))[0];
        return Math.Abs(shocked.Rho - (flat.Rho + rho)) <= 1e-15
            && Math.Abs(shocked.B - 0.5 * flat.Psi * (1.0 + smile)) <= 1e-15;
    });

    /// <remarks>At |ρ| above 0.9 or eight times the volatility a slice may leave the edge of butterflies more than once
    /// as its twist grows: two of the 5,000 draws step, by 1e-4 and 1e-2. Halving twists stepped in 310 of them, up to
    /// nineteenfold.</remarks>
    [Fact]
    public void INV_M9_Variance_does_not_jump_as_a_shock_grows()
    {
        const double stepMax = 0.02; // of the variance
        for (int seed = 0; seed < 5_000; seed++)
        {
            Drawn draw = new(seed);
            VolatilitySurface surface = draw.Surface(1, draw.Between(1.0, 3.0));
            (SmileShock one, SmileShock other) = (LikelyShock(draw), LikelyShock(draw));
            if (seed % 2 == 0) (one, other) = (Level(one), Level(other));
            (double before, double after) = GreatestStep(surface, one, other, draw.Between(-1.0, 1.0));
            Assert.True(Math.Abs(after - before) <= stepMax * before, $"seed {seed}: {before} to {after}");
        }
    }

    [Fact]
    public void Skew_never_leaves_its_bounds() => Drawn.Always(500, draw =>
        Shocked(draw.Surface(3), new SmileShock(0.0, draw.Between(-3.0, 3.0), 0.0))
            .All(slice => Math.Abs(slice.Rho) <= 0.95));

    [Fact]
    public void The_term_scale_is_one_at_thirty_days_and_falls_in_expiry()
    {
        Assert.Equal(1.0, SurfaceShock.TermScale(MonthYears), 1e-15);
        Assert.Equal(SurfaceShock.TermScale(1.0 / 365.0), SurfaceShock.TermScale(0.1 / 365.0));
        double[] scales = [.. Enumerable.Range(1, 800).Select(day => SurfaceShock.TermScale(day / 365.0))];
        Assert.All(scales.Zip(scales.Skip(1)), pair => Assert.True(pair.First > pair.Second));
        Assert.All(Enumerable.Range(1, 800), day => Assert.Equal(
            ExpectedScale(day / 365.0), SurfaceShock.TermScale(day / 365.0), 1e-14));
    }

    [Theory]
    [InlineData(double.NaN, 0.0, 0.0)]
    [InlineData(0.0, double.PositiveInfinity, 0.0)]
    [InlineData(0.0, 0.0, double.NaN)]
    public void What_is_no_shock_is_refused(double level, double rho, double smile) =>
        Assert.ThrowsAny<ArgumentException>(() => Shocked(new Drawn(1).Surface(2), new SmileShock(level, rho, smile)));

    // METHODOLOGY 2.5: g(T) = (30 d/max(T, 1 d))^p, p = 0.30 below 30 days, 0.13 otherwise.
    private static double ExpectedScale(double years) =>
        Math.Pow(MonthYears / Math.Max(years, 1.0 / 365.0), years < MonthYears ? 0.30 : 0.13);

    private static SmileShock AnyShock(Drawn draw) =>
        new(draw.Between(-1.2, 6.0), draw.Between(-1.0, 1.0), draw.Between(-1.0, 3.0));

    // Beyond the grid's twists, 0.15 and 0.10, and its level, 0.5.
    private static SmileShock LikelyShock(Drawn draw) =>
        new(draw.Between(-1.2, 6.0), draw.Between(-1.0, 1.0), draw.Between(-1.0, 2.0));

    // Between two shocks, always on into the half in which variance changes more: a jump cannot hide.
    private static (double Before, double After) GreatestStep(
        VolatilitySurface surface, SmileShock one, SmileShock other, double k)
    {
        const int halvings = 40;
        (double low, double high) = (0.0, 1.0);
        (double before, double after) = (Variance(low), Variance(high));
        for (int i = 0; i < halvings; i++)
        {
            double middle = 0.5 * (low + high);
            double at = Variance(middle);
            if (Math.Abs(at - before) > Math.Abs(after - at)) (high, after) = (middle, at);
            else (low, before) = (middle, at);
        }

        return (before, after);

        double Variance(double share) => Shocked(surface, Between(one, other, share))[0].TotalVariance(k);
    }

    private static SmileShock Level(SmileShock shock) => new(shock.LevelRelative, 0.0, 0.0);

    private static SmileShock Between(SmileShock one, SmileShock other, double share) => new(
        one.LevelRelative + (share * (other.LevelRelative - one.LevelRelative)),
        one.RhoShift + (share * (other.RhoShift - one.RhoShift)),
        one.SmileRelative + (share * (other.SmileRelative - one.SmileRelative)));

    private static SviParameters[] Shocked(VolatilitySurface surface, SmileShock shock)
    {
        SviParameters[] shocked = new SviParameters[surface.Svi.Length];
        SurfaceShock.Apply(surface, shock, shocked);
        return shocked;
    }

    private static bool InOrder(VolatilitySurface surface) => Enumerable.Range(-20, 41).All(i =>
    {
        double[] variances =
            [.. surface.SliceYears.Select(years => SurfaceEvaluation.TotalVariance(surface, 0.1 * i, years))];
        return variances.Zip(variances.Skip(1)).All(pair => pair.First <= pair.Second);
    });
}
