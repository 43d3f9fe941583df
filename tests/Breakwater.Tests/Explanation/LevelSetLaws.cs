using System.Collections.Immutable;
using Breakwater.Explanation;

namespace Breakwater.Tests.Explanation;

public sealed class LevelSetLaws
{
    private const double Rounding = 1e-12; // of coordinates of order one

    private static readonly ImmutableArray<double> Axis = [-2.0, -1.4, -1.0, -0.3, 0.0, 0.2, 0.9, 1.5, 2.0];

    [Fact]
    public void The_border_of_a_plane_is_its_straight_line_to_rounding()
    {
        LevelSet half = Of((x, y) => 0.3 + (2.0 * x) - y);
        ImmutableArray<PlanePoint> line = Assert.Single(half.Border());
        Assert.All(line, point => Assert.Equal(0.0, 0.3 + (2.0 * point.X) - point.Y, Rounding));
        Assert.True(line[0].Y < -1.99 ^ line[^1].Y < -1.99);
    }

    [Fact]
    public void The_border_of_an_island_is_closed_and_keeps_the_set_to_its_left()
    {
        foreach (double sign in (double[])[1.0, -1.0])
        {
            ImmutableArray<PlanePoint> line = Assert.Single(
                Of((x, y) => sign * (1.5 - (x * x) - (y * y))).Border());
            Assert.Equal(line[0], line[^1]);
            Assert.Equal(sign, Math.Sign(Area(line)));
        }
    }

    [Fact]
    public void A_set_and_the_rest_share_the_whole_grid_and_its_area()
    {
        Random random = new(4);
        for (int draw = 0; draw < 200; draw++)
        {
            LevelSet set = Drawn(random);
            LevelSet rest = set with { Values = [.. set.Values.Select(value => -value)] };
            double whole = (Axis[^1] - Axis[0]) * (Axis[^1] - Axis[0]);
            Assert.Equal(whole, AreaOf(set) + AreaOf(rest), 1e-10);
            Assert.All(set.Region(), polygon => Assert.True(Area(polygon) >= -Rounding));
            Assert.Equal(
                set.Border().Sum(line => line.Length), rest.Border().Sum(line => line.Length));
        }
    }

    [Fact]
    public void Every_crossing_of_the_border_lies_between_points_of_both_signs_and_on_the_frame_or_inside()
    {
        Random random = new(5);
        for (int draw = 0; draw < 200; draw++)
        {
            LevelSet set = Drawn(random);
            foreach (ImmutableArray<PlanePoint> line in set.Border())
            {
                Assert.True(line.Length >= 2);
                Assert.All(line, point =>
                {
                    Assert.InRange(point.X, Axis[0], Axis[^1]);
                    Assert.InRange(point.Y, Axis[0], Axis[^1]);
                });
                bool isClosed = line[0] == line[^1];
                Assert.True(isClosed || (IsOnFrame(line[0]) && IsOnFrame(line[^1])));
            }
        }
    }

    [Fact]
    public void A_function_of_one_sign_has_no_border_and_all_or_nothing_of_the_grid()
    {
        LevelSet all = Of((_, _) => 0.0);
        Assert.True(all.IsWhole);
        Assert.Empty(all.Border());
        Assert.Equal(16.0, AreaOf(all), Rounding);
        LevelSet none = Of((_, _) => -1.0);
        Assert.True(none.IsEmpty);
        Assert.Empty(none.Border());
        Assert.Empty(none.Region());
    }

    private static LevelSet Of(Func<double, double, double> function) =>
        new(Axis, Axis, [.. Axis.SelectMany(y => Axis.Select(x => function(x, y)))]);

    private static LevelSet Drawn(Random random) =>
        new(Axis, Axis, [.. Enumerable.Range(0, Axis.Length * Axis.Length).Select(_ => random.NextDouble() - 0.5)]);

    private static bool IsOnFrame(PlanePoint point) =>
        point.X == Axis[0] || point.X == Axis[^1] || point.Y == Axis[0] || point.Y == Axis[^1];

    private static double AreaOf(LevelSet set) => set.Region().Sum(Area);

    private static double Area(ImmutableArray<PlanePoint> polygon) => 0.5 * Enumerable.Range(0, polygon.Length).Sum(i =>
    {
        (PlanePoint a, PlanePoint b) = (polygon[i], polygon[(i + 1) % polygon.Length]);
        return (a.X * b.Y) - (b.X * a.Y);
    });
}
