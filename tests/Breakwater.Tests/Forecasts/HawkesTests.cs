using Breakwater.Forecasts;

namespace Breakwater.Tests.Forecasts;

/// <summary>Hawkes flow against its definition and against the Poisson flow.</summary>
public sealed class HawkesTests
{
    private const double Rounding = 1e-12;
    private static readonly double[] Events = [0.2, 0.5, 0.55, 1.7, 3.1, 3.15, 6.0, 9.2];

    [Fact]
    public void Recursion_of_Ozaki_1979_equals_the_double_sum()
    {
        Hawkes flow = new(0.5, 0.8, 2.0);
        double sum = -0.5 * 10d;
        foreach (double time in Events)
        {
            double intensity = 0.5 + Events.Where(before => before < time)
                .Sum(before => 0.8 * Math.Exp(-2.0 * (time - before)));
            sum += Math.Log(intensity) - (0.4 * (1d - Math.Exp(-2.0 * (10d - time))));
        }

        Assert.Equal(sum, flow.LogLikelihood(Events, 10d), Rounding);
    }

    [Fact]
    public void Without_excitation_the_flow_is_Poisson() =>
        Assert.Equal(
            (Events.Length * Math.Log(0.7)) - 7d, new Hawkes(0.7, 0d, 1d).LogLikelihood(Events, 10d), Rounding);

    [Fact]
    public void A_flow_whose_events_replace_themselves_has_no_stationary_intensity() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hawkes(0.5, 2d, 2d).StationaryIntensity());

    [Fact]
    public void Events_out_of_order_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Hawkes(0.5, 1d, 2d).LogLikelihood([2d, 1d], 10d));
}
