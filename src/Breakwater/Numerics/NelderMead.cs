namespace Breakwater.Numerics;

/// <summary>Minimum of a function of a few arguments without derivatives: the simplex of Nelder and Mead.</summary>
/// <remarks>Source: Lagarias, Reeds, Wright, Wright (1998), SIAM J. Optim. 9, 112–147: reflection 1, expansion 2,
/// contraction and shrinkage ½. Deterministic: ties keep the older point.</remarks>
public static class NelderMead
{
    /// <summary>Searches from a start.</summary>
    /// <param name="function">The function; may return +∞ outside its domain, never NaN.</param>
    /// <param name="start">[n] where to begin; the function is finite there; not modified.</param>
    /// <param name="steps">[n] lengths of the first simplex's edges; not 0.</param>
    /// <param name="evaluationsMax">Most evaluations.</param>
    /// <param name="tolerance">Stops when the simplex's values differ by less; ≥ 0.</param>
    /// <returns>The best point and its value.</returns>
    public static (double[] Point, double Value) Minimise(
        Func<double[], double> function,
        ReadOnlySpan<double> start,
        ReadOnlySpan<double> steps,
        int evaluationsMax,
        double tolerance)
    {
        Require.Count(steps.Length, start.Length);
        List<(double[] Point, double Value)> simplex = [Evaluated(function, start.ToArray())];
        for (int i = 0; i < start.Length; i++)
        {
            double[] corner = start.ToArray();
            corner[i] += steps[i];
            simplex.Add(Evaluated(function, corner));
        }

        int evaluations = simplex.Count;
        while (true)
        {
            // A stable sort, so that ties keep their order on every machine.
            simplex = [.. simplex.OrderBy(own => own.Value)];
            if (evaluations >= evaluationsMax || simplex[^1].Value - simplex[0].Value < tolerance) return simplex[0];
            evaluations += Move(function, simplex);
        }
    }

    // Replaces the worst corner, or shrinks all towards the best; returns the evaluations made.
    private static int Move(Func<double[], double> function, List<(double[] Point, double Value)> simplex)
    {
        (double[] worst, double worstValue) = simplex[^1];
        double[] centre = Centre(simplex);
        (double[] Point, double Value) reflected = Evaluated(function, Along(centre, worst, -1d));
        if (reflected.Value < simplex[0].Value)
        {
            (double[] Point, double Value) expanded = Evaluated(function, Along(centre, worst, -2d));
            simplex[^1] = expanded.Value < reflected.Value ? expanded : reflected;
            return 2;
        }

        if (reflected.Value < simplex[^2].Value)
        {
            simplex[^1] = reflected;
            return 1;
        }

        bool isOutside = reflected.Value < worstValue;
        (double[] Point, double Value) contracted = Evaluated(function, Along(centre, worst, isOutside ? -0.5 : 0.5));
        if (contracted.Value < (isOutside ? reflected.Value : worstValue))
        {
            simplex[^1] = contracted;
            return 2;
        }

        for (int i = 1; i < simplex.Count; i++)
        {
            simplex[i] = Evaluated(function, Along(simplex[0].Point, simplex[i].Point, 0.5));
        }

        return 1 + simplex.Count;
    }

    private static double[] Centre(List<(double[] Point, double Value)> simplex)
    {
        double[] centre = new double[simplex.Count - 1];
        for (int i = 0; i < simplex.Count - 1; i++)
        {
            for (int axis = 0; axis < centre.Length; axis++) centre[axis] += simplex[i].Point[axis] / centre.Length;
        }

        return centre;
    }

    private static double[] Along(double[] origin, double[] point, double factor)
    {
        double[] moved = new double[origin.Length];
        for (int i = 0; i < moved.Length; i++) moved[i] = origin[i] + (factor * (point[i] - origin[i]));
        return moved;
    }

    private static (double[] Point, double Value) Evaluated(Func<double[], double> function, double[] point)
    {
        double value = function(point);
        Check.That(!double.IsNaN(value), "a function to minimise is NaN");
        return (point, value);
    }
}
