namespace Breakwater.Surfaces;

/// <summary>Step 2 of calibration: all slices together as raw SVI, by Levenberg–Marquardt (METHODOLOGY 2.2).</summary>
/// <remarks>
/// The normal equations couple neighbouring expiries only, so a step costs slices × 5³ operations. Sources: Marquardt
/// (1963), J. SIAM 11, 431–441; METHODOLOGY 2.2 for the objective.
/// </remarks>
internal sealed class JointFit
{
    private const int Size = SmileFit.Dimension;
    private const int IterationsMax = 30;
    private const int AttemptsMax = 8;
    private const double DampingStart = 1e-3;
    private const double DampingMinimum = 1e-9;
    private const double DampingFall = 0.15; // After a step that helped.
    private const double DampingRise = 6.0; // After one that did not.
    private const double StepMaximum = 2.0; // No unknown moves by more than a factor of e² at once.

    private readonly JointObjective _objective;
    private readonly double _level;
    private readonly double[] _point;
    private readonly double[] _trial;
    private readonly double[] _step;

    /// <summary>Begins at step 1.</summary>
    internal JointFit(JointObjective objective, double level)
    {
        _objective = objective;
        _level = level;
        _point = objective.Start.ToArray();
        _trial = new double[_point.Length];
        _step = new double[_point.Length];
    }

    /// <summary>Searches from where the last search ended.</summary>
    /// <param name="penalty">Weight λ of the penalties.</param>
    /// <param name="tolerance">Relative fall of the loss that ends the search.</param>
    internal void Search(double penalty, double tolerance)
    {
        double loss = _objective.Loss(_point, penalty);
        double damping = DampingStart;
        for (int i = 0; i < IterationsMax; i++)
        {
            _objective.Linearise(_point, penalty);
            double previous = loss;
            bool hasImproved = TryImprove(penalty, ref loss, ref damping);
            if (!hasImproved || previous - loss <= tolerance * previous) return;
        }
    }

    /// <summary>The slices found, moved towards step 1.</summary>
    /// <param name="share">1 for the fit itself, 0 for step 1.</param>
    /// <param name="slices">[slice] filled.</param>
    internal void Blend(double share, Span<SviParameters> slices)
    {
        ReadOnlySpan<double> start = _objective.Start;
        Span<double> point = stackalloc double[Size];
        for (int i = 0; i < slices.Length; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                double from = start[i * Size + j];
                point[j] = from + share * (_point[i * Size + j] - from);
            }

            slices[i] = SmileFit.At(point, _level).ToSvi();
        }
    }

    private bool TryImprove(double penalty, ref double loss, ref double damping)
    {
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (TryStep(damping))
            {
                double value = _objective.Loss(_trial, penalty);
                if (value < loss)
                {
                    loss = value;
                    _trial.CopyTo(_point.AsSpan());
                    damping = Math.Max(damping * DampingFall, DampingMinimum);
                    return true;
                }
            }

            damping *= DampingRise;
        }

        return false;
    }

    private bool TryStep(double damping)
    {
        if (!_objective.Matrix.TrySolve(damping, _objective.Gradient, _step)) return false;
        for (int j = 0; j < _point.Length; j++)
        {
            _trial[j] = _point[j] - Math.Clamp(_step[j], -StepMaximum, StepMaximum);
        }

        return true;
    }
}
