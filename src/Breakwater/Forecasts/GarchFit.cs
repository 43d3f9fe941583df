using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>Maximum-likelihood estimate of a GARCH(1,1) with normal innovations and constant mean.</summary>
/// <param name="Parameters">The estimate.</param>
/// <param name="Likelihood">Log-likelihood and derivatives there.</param>
/// <param name="HasConverged">Whether the last Newton step promised less than 1e-12 of log-likelihood.</param>
public sealed record GarchFit(GarchParameters Parameters, GarchLikelihood Likelihood, bool HasConverged)
{
    private const int Dimension = GarchLikelihood.Dimension;
    private const int StepsMaximum = 200;
    private const int HalvingsMaximum = 60;
    private const double GainMinimum = 1e-12; // of log-likelihood, far below its 1e-3 of the benchmark

    /// <summary>Estimates by Newton's method, by outer products (BHHH) where the likelihood is not concave.</summary>
    /// <param name="returns">[n] returns; finite, n ≥ 2, not all equal; not modified.</param>
    /// <remarks>Starts at the best of a coarse grid of (α, β) at the sample's variance. Source: Berndt, Hall, Hall and
    /// Hausman (1974), Ann. Economic and Social Measurement 3, 653–665.</remarks>
    /// <exception cref="ArgumentException">Too few returns, or returns without variation.</exception>
    public static GarchFit Of(ReadOnlySpan<double> returns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(returns.Length, 2);
        GarchParameters at = Start(returns);
        GarchLikelihood likelihood = GarchLikelihood.Of(at, returns);
        Span<double> direction = stackalloc double[Dimension];
        for (int step = 0; step < StepsMaximum; step++)
        {
            double gain = Direction(at, likelihood, direction);
            if (gain < GainMinimum)
            {
                return new(at, likelihood, HasConverged: true);
            }

            if (!TryStep(returns, direction, ref at, ref likelihood))
            {
                return new(at, likelihood, gain < Math.Sqrt(GainMinimum));
            }
        }

        return new(at, likelihood, HasConverged: false);
    }

    private static GarchParameters Start(ReadOnlySpan<double> returns)
    {
        double mean = 0d;
        foreach (double value in returns)
        {
            mean += value / returns.Length;
        }

        double variance = new GarchParameters(mean, 1d, 0d, 0d).Presample(returns);
        Require.Positive(variance);
        GarchParameters best = default;
        double bestValue = double.NegativeInfinity;
        foreach (double alpha in (ReadOnlySpan<double>)[0.03, 0.1, 0.2])
        {
            foreach (double total in (ReadOnlySpan<double>)[0.5, 0.8, 0.95, 0.99])
            {
                GarchParameters trial = new(mean, variance * (1d - total), alpha, total - alpha);
                double value = GarchLikelihood.Of(trial, returns).Value;
                if (value > bestValue)
                {
                    (best, bestValue) = (trial, value);
                }
            }
        }

        return best;
    }

    // Ascent among parameters not held at a bound; returns the gradient along it.
    private static double Direction(GarchParameters at, GarchLikelihood likelihood, Span<double> direction)
    {
        ReadOnlySpan<double> gradient = likelihood.Gradient;
        Span<bool> isHeld = [false, false, at.Alpha <= 0d && gradient[2] <= 0d, at.Beta <= 0d && gradient[3] <= 0d];
        if (!TrySolve(likelihood.Hessian, -1d, gradient, isHeld, direction)
            && !TrySolve(likelihood.OuterProduct, 1d, gradient, isHeld, direction))
        {
            gradient.CopyTo(direction);
        }

        double gain = 0d;
        for (int i = 0; i < Dimension; i++)
        {
            direction[i] = isHeld[i] ? 0d : direction[i];
            gain += direction[i] * gradient[i];
        }

        return gain;
    }

    private static bool TrySolve(
        ReadOnlySpan<double> matrix,
        double sign,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<bool> isHeld,
        Span<double> solution)
    {
        Span<double> free = stackalloc double[Dimension * Dimension];
        Span<double> lower = stackalloc double[Dimension * Dimension];
        for (int cell = 0; cell < free.Length; cell++)
        {
            (int row, int column) = (cell / Dimension, cell % Dimension);
            free[cell] = isHeld[row] || isHeld[column] ? (row == column ? 1d : 0d) : sign * matrix[cell];
        }

        if (Cholesky.TryFactor(free, Dimension, lower) != Cholesky.NoFailure)
        {
            return false;
        }

        for (int i = 0; i < Dimension; i++)
        {
            solution[i] = isHeld[i] ? 0d : gradient[i];
        }

        Cholesky.Solve(lower, Dimension, solution, solution);
        return true;
    }

    private static bool TryStep(
        ReadOnlySpan<double> returns,
        ReadOnlySpan<double> direction,
        ref GarchParameters at,
        ref GarchLikelihood likelihood)
    {
        double length = 1d;
        for (int halving = 0; halving < HalvingsMaximum; halving++, length *= 0.5)
        {
            GarchParameters trial = new(
                at.Mu + (length * direction[0]),
                at.Omega + (length * direction[1]),
                Math.Max(0d, at.Alpha + (length * direction[2])),
                Math.Max(0d, at.Beta + (length * direction[3])));
            if (!trial.IsStationary)
            {
                continue;
            }

            GarchLikelihood next = GarchLikelihood.Of(trial, returns);
            if (next.Value > likelihood.Value)
            {
                (at, likelihood) = (trial, next);
                return true;
            }
        }

        return false;
    }
}
