using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>Normal log-likelihood of a GARCH(1,1) with its exact derivatives in (μ, ω, α, β).</summary>
/// <remarks>Source: Fiorentini, Calzolari and Panattoni (1996), J. Applied Econometrics 11, 399–417: derivatives of the
/// variance obey the variance's own recursion, the start-up included.</remarks>
public sealed class GarchLikelihood
{
    /// <summary>Number of parameters: μ, ω, α, β in this order.</summary>
    public const int Dimension = 4;

    private const double LogTwoPi = 1.8378770664093454836; // ln 2π
    private const int Mu = 0;
    private const int Omega = 1;
    private const int Alpha = 2;
    private const int Beta = 3;

    private readonly double[] _gradient = new double[Dimension];
    private readonly double[] _hessian = new double[Dimension * Dimension];
    private readonly double[] _outerProduct = new double[Dimension * Dimension];

    private GarchLikelihood()
    {
    }

    /// <summary>Sum of the log densities.</summary>
    public double Value { get; private set; }

    /// <summary>[4] gradient.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>[4, 4] second derivatives, row-major.</summary>
    public ReadOnlySpan<double> Hessian => _hessian;

    /// <summary>[4, 4] sum of outer products of the gradients of single returns, row-major.</summary>
    public ReadOnlySpan<double> OuterProduct => _outerProduct;

    /// <summary>Log-likelihood and derivatives at given parameters.</summary>
    /// <param name="parameters">Stationary.</param>
    /// <param name="returns">[n] returns; finite, not all equal to μ; not modified.</param>
    /// <exception cref="ArgumentException">Not stationary, or no return.</exception>
    public static GarchLikelihood Of(GarchParameters parameters, ReadOnlySpan<double> returns)
    {
        parameters.RequireDomain(returns);
        GarchLikelihood result = new();
        State state = State.Before(parameters, returns);
        foreach (double value in returns)
        {
            state.Advance(parameters);
            state.Observe(value - parameters.Mu);
            result.Add(state);
        }

        return result;
    }

    private void Add(State state)
    {
        double h = state.Variance;
        double u = state.Squared;
        Value -= 0.5 * (LogTwoPi + DeterministicMath.Log(h) + (u / h));
        Span<double> score = stackalloc double[Dimension];
        for (int i = 0; i < Dimension; i++)
        {
            score[i] = -0.5 * ((state.First[i] * (1d - (u / h))) + state.SquaredFirst(i)) / h;
            _gradient[i] += score[i];
        }

        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j < Dimension; j++)
            {
                double product = state.First[i] * state.First[j];
                double cross = (state.SquaredFirst(i) * state.First[j]) + (state.SquaredFirst(j) * state.First[i]);
                double second = (state.Second[(i * Dimension) + j] * (1d - (u / h)))
                    + ((((2d * u / h) - 1d) * product - cross) / h)
                    + (i == Mu && j == Mu ? State.SquaredSecond : 0d);
                _hessian[(i * Dimension) + j] -= 0.5 * second / h;
                _outerProduct[(i * Dimension) + j] += score[i] * score[j];
            }
        }
    }

    // h and e² of one step with derivatives; e² depends on μ alone.
    private sealed class State
    {
        public const double SquaredSecond = 2d; // d²(r − μ)²/dμ²

        private double _squaredFirst;

        public double Variance { get; private set; }

        public double Squared { get; private set; }

        public double[] First { get; } = new double[Dimension];

        public double[] Second { get; } = new double[Dimension * Dimension];

        public static State Before(GarchParameters parameters, ReadOnlySpan<double> returns)
        {
            double mean = 0d;
            foreach (double value in returns)
            {
                mean += (value - parameters.Mu) / returns.Length;
            }

            double presample = parameters.Presample(returns);
            Require.Positive(presample);
            State state = new() { Variance = presample, Squared = presample, _squaredFirst = -2d * mean };
            state.First[Mu] = state._squaredFirst;
            state.Second[Mu] = SquaredSecond;
            return state;
        }

        public double SquaredFirst(int index) => index == Mu ? _squaredFirst : 0d;

        public void Observe(double residual)
        {
            Squared = residual * residual;
            _squaredFirst = -2d * residual;
        }

        public void Advance(GarchParameters parameters)
        {
            double beta = parameters.Beta;
            for (int i = 0; i < Dimension; i++)
            {
                for (int j = 0; j < Dimension; j++)
                {
                    Second[(i * Dimension) + j] = (beta * Second[(i * Dimension) + j])
                        + (i == Beta ? First[j] : 0d) + (j == Beta ? First[i] : 0d)
                        + (i == Alpha ? SquaredFirst(j) : 0d) + (j == Alpha ? SquaredFirst(i) : 0d);
                }
            }

            Second[Mu] += parameters.Alpha * SquaredSecond;
            for (int i = 0; i < Dimension; i++)
            {
                First[i] = (beta * First[i]) + (parameters.Alpha * SquaredFirst(i));
            }

            First[Omega] += 1d;
            First[Alpha] += Squared;
            First[Beta] += Variance;
            Variance = parameters.Omega + (parameters.Alpha * Squared) + (beta * Variance);
        }
    }
}
