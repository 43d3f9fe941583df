using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>Self-exciting flow of events of intensity λ(t) = μ + Σ α·e^(−β(t − t_i)) over events before t.</summary>
/// <remarks>Sources: Hawkes (1971), Biometrika 58, 83–90; recursion of Ozaki (1979), Ann. Inst. Statist. Math. 31,
/// 145–155; METHODOLOGY 3.6. Linear in the number of events.</remarks>
/// <param name="Mu">μ: intensity without earlier events, per unit of time; &gt; 0.</param>
/// <param name="Alpha">α: jump of intensity at an event, per unit of time; ≥ 0.</param>
/// <param name="Beta">β: decay, per unit of time; &gt; 0.</param>
public readonly record struct Hawkes(double Mu, double Alpha, double Beta)
{
    /// <summary>Mean number of events an event triggers itself: α/β.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its domain.</exception>
    public double BranchingRatio()
    {
        RequireDomain();
        return Alpha / Beta;
    }

    /// <summary>Mean intensity in the long run: μ/(1 − α/β), per unit of time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The branching ratio is not below one: there is none.</exception>
    public double StationaryIntensity()
    {
        Require.InRange(BranchingRatio(), 0d, 1d);
        Require.Positive(1d - BranchingRatio());
        return Mu / (1d - BranchingRatio());
    }

    /// <summary>Log-likelihood of the events on [0, T]: Σ ln λ(t_i) − ∫λ.</summary>
    /// <param name="events">Times of events; rising, in [0, T]; not modified.</param>
    /// <param name="horizon">T; &gt; 0.</param>
    public double LogLikelihood(ReadOnlySpan<double> events, double horizon)
    {
        RequireEvents(events, horizon);
        double sum = 0d;
        double excitation = 0d;
        for (int index = 0; index < events.Length; index++)
        {
            if (index > 0)
            {
                excitation = (1d + excitation) * DeterministicMath.Exp(-Beta * (events[index] - events[index - 1]));
            }

            sum += DeterministicMath.Log(Mu + (Alpha * excitation));
        }

        return sum - Compensator(events, horizon);
    }

    /// <summary>Expected count given the history: ∫λ over [0, T] = μT + (α/β)·Σ (1 − e^(−β(T − t_i))).</summary>
    /// <param name="events">Times of events; rising, in [0, T]; not modified.</param>
    /// <param name="horizon">T; &gt; 0.</param>
    public double Compensator(ReadOnlySpan<double> events, double horizon)
    {
        RequireEvents(events, horizon);
        double sum = 0d;
        foreach (double time in events)
        {
            sum += 1d - DeterministicMath.Exp(-Beta * (horizon - time));
        }

        return (Mu * horizon) + (Alpha / Beta * sum);
    }

    private void RequireDomain()
    {
        Require.Positive(Mu);
        Require.NonNegative(Alpha);
        Require.Positive(Beta);
    }

    private void RequireEvents(ReadOnlySpan<double> events, double horizon)
    {
        RequireDomain();
        Require.Positive(horizon);
        double before = 0d;
        foreach (double time in events)
        {
            Require.InRange(time, before, horizon);
            before = time;
        }
    }
}
