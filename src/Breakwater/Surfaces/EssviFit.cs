using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Step 1 of calibration: eSSVI slices, one expiry after the other, free of arbitrage by
/// construction.</summary>
/// <remarks>
/// (θ, ρ, ψ) are each mapped into the interval that the slice before leaves feasible (METHODOLOGY 2.2), so that
/// Levenberg–Marquardt runs without constraints; two fixed starts, the better one counts. Sources: METHODOLOGY 2.2;
/// Corbetta, Cohort, Laachir and Martini (2019), Robust calibration and arbitrage-free interpolation of SSVI slices.
/// </remarks>
internal static class EssviFit
{
    private const double VolatilityMinimum = 0.05; // METHODOLOGY 2.2
    private const double VolatilityMaximum = 4.0; // METHODOLOGY 2.2
    private const double RhoLimit = 0.95; // METHODOLOGY 2.2
    private const double ThetaRiseMinimum = 1e-4; // Relative: keeps every interval of ρ and ψ open.
    private const int Dimension = 3;
    private const int IterationsMax = 30;
    private const double DifferenceStep = 1e-5; // In the transformed unknowns, which are of order one.
    private const double Tolerance = 1e-7; // Relative fall of the loss that ends the search.

    /// <summary>Fits all expiries in order.</summary>
    /// <param name="slices">[slice] quotes; each has at least one.</param>
    /// <param name="shapes">[slice] whether a slice has quotes enough for a shape of its own; else only θ is
    /// free.</param>
    /// <param name="settings">Loss, level and default shape.</param>
    /// <param name="fitted">[slice] filled.</param>
    internal static void Fit(
        ReadOnlySpan<SliceQuotes> slices,
        ReadOnlySpan<bool> shapes,
        in FitSettings settings,
        Span<EssviParameters> fitted)
    {
        EssviParameters? before = null;
        for (int i = 0; i < slices.Length; i++)
        {
            fitted[i] = FitSlice(slices[i], shapes[i], before, settings);
            before = fitted[i];
        }
    }

    private static EssviParameters FitSlice(
        SliceQuotes quotes, bool hasShape, EssviParameters? before, in FitSettings settings)
    {
        double atm = quotes.NearestAtmVolatility();
        double theta = atm * atm * quotes.ExpiryYears;
        Span<double> best = stackalloc double[Dimension];
        Span<double> point = stackalloc double[Dimension];
        double least = double.MaxValue;
        Feasible feasible = new(quotes.ExpiryYears, before, settings.LevelCertified);
        for (int start = 0; start < 2; start++)
        {
            double rho = start == 0 ? settings.DefaultRho : -settings.DefaultRho;
            double smile = start == 0 ? settings.DefaultSmile : 0.5 * settings.DefaultSmile;
            if (before is { } earlier) rho = start == 0 ? earlier.Rho : rho;
            feasible.ToPoint(new EssviParameters(theta, rho, smile * Math.Sqrt(theta)), point);
            double loss = Minimise(quotes, feasible, hasShape ? Dimension : 1, settings, point);
            if (loss < least)
            {
                least = loss;
                point.CopyTo(best);
            }
        }

        return feasible.At(best);
    }

    private static double Minimise(
        SliceQuotes quotes, in Feasible feasible, int free, in FitSettings settings, Span<double> point)
    {
        Span<double> gradient = stackalloc double[Dimension];
        Span<double> hessian = stackalloc double[Dimension * Dimension];
        Span<double> trial = stackalloc double[Dimension];
        double loss = Loss(quotes, feasible.At(point), settings);
        double damping = 1e-3;
        for (int i = 0; i < IterationsMax; i++)
        {
            Linearise(quotes, feasible, free, settings, point, gradient, hessian);
            bool hasImproved = false;
            double previous = loss;
            for (int attempt = 0; attempt < 8 && !hasImproved; attempt++)
            {
                Step(hessian, gradient, free, damping, point, trial);
                double value = Loss(quotes, feasible.At(trial), settings);
                hasImproved = value < loss;
                damping = hasImproved ? damping * 0.2 : damping * 5.0;
                if (!hasImproved) continue;
                loss = value;
                trial.CopyTo(point);
            }

            if (!hasImproved || previous - loss <= Tolerance * previous) break;
        }

        return loss;
    }

    private static double Loss(SliceQuotes quotes, in EssviParameters slice, in FitSettings settings)
    {
        double sum = 0.0;
        foreach (SmileQuote quote in quotes.Quotes)
        {
            double model = Math.Sqrt(slice.TotalVariance(quote.K) / quotes.ExpiryYears);
            sum += quote.Weight * settings.Huber((model - quote.MidVolatility) / quote.Scale);
        }

        return sum;
    }

    private static void Linearise(
        SliceQuotes quotes,
        in Feasible feasible,
        int free,
        in FitSettings settings,
        ReadOnlySpan<double> point,
        Span<double> gradient,
        Span<double> hessian)
    {
        gradient.Clear();
        hessian.Clear();
        EssviParameters centre = feasible.At(point);
        Span<EssviParameters> moved = stackalloc EssviParameters[Dimension];
        Span<double> shifted = stackalloc double[Dimension];
        for (int i = 0; i < free; i++)
        {
            point.CopyTo(shifted);
            shifted[i] += DifferenceStep;
            moved[i] = feasible.At(shifted);
        }

        Span<double> row = stackalloc double[Dimension];
        foreach (SmileQuote quote in quotes.Quotes)
        {
            double years = quotes.ExpiryYears;
            double model = Math.Sqrt(centre.TotalVariance(quote.K) / years);
            double residual = (model - quote.MidVolatility) / quote.Scale;
            for (int i = 0; i < free; i++)
            {
                double other = Math.Sqrt(moved[i].TotalVariance(quote.K) / years);
                row[i] = (other - model) / (DifferenceStep * quote.Scale);
            }

            double weight = quote.Weight * settings.HuberWeight(residual);
            for (int i = 0; i < free; i++)
            {
                gradient[i] += weight * row[i] * residual;
                for (int j = 0; j < free; j++) hessian[i * Dimension + j] += weight * row[i] * row[j];
            }
        }
    }

    // Gauss elimination of a positive definite system of at most three unknowns.
    private static void Step(
        ReadOnlySpan<double> hessian,
        ReadOnlySpan<double> gradient,
        int free,
        double damping,
        ReadOnlySpan<double> point,
        Span<double> trial)
    {
        Span<double> matrix = stackalloc double[Dimension * Dimension];
        Span<double> right = stackalloc double[Dimension];
        hessian.CopyTo(matrix);
        gradient.CopyTo(right);
        for (int i = 0; i < free; i++) matrix[i * Dimension + i] = matrix[i * Dimension + i] * (1.0 + damping) + 1e-12;
        for (int i = 0; i < free; i++)
        {
            for (int j = i + 1; j < free; j++)
            {
                double factor = matrix[j * Dimension + i] / matrix[i * Dimension + i];
                for (int k = i; k < free; k++) matrix[j * Dimension + k] -= factor * matrix[i * Dimension + k];
                right[j] -= factor * right[i];
            }
        }

        point.CopyTo(trial);
        for (int i = free - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < free; j++) right[i] -= matrix[i * Dimension + j] * right[j];
            right[i] /= matrix[i * Dimension + i];
            trial[i] = point[i] - Math.Clamp(right[i], -StepMaximum, StepMaximum);
        }
    }

    private const double StepMaximum = 3.0; // A logit moves its share by a factor of twenty at most.

    /// <summary>The set of slices that a slice before leaves free of arbitrage, as a cube of logits.</summary>
    private readonly struct Feasible
    {
        private readonly EssviParameters? _before;
        private readonly double _level;
        private readonly double _thetaLow;
        private readonly double _thetaLogRatio;

        internal Feasible(double expiryYears, EssviParameters? before, double level)
        {
            _before = before;
            _level = level;
            double low = VolatilityMinimum * VolatilityMinimum * expiryYears;
            if (before is { } earlier) low = Math.Max(low, earlier.Theta * (1.0 + ThetaRiseMinimum));
            double high = VolatilityMaximum * VolatilityMaximum * expiryYears;
            _thetaLow = low;
            _thetaLogRatio = DeterministicMath.Log(Math.Max(high / low, 1.0 + ThetaRiseMinimum));
        }

        internal EssviParameters At(ReadOnlySpan<double> point)
        {
            double theta = _thetaLow * DeterministicMath.Exp(_thetaLogRatio * Share(point[0]));
            (double rhoLow, double rhoHigh) = RhoInterval(theta);
            double rho = rhoLow + (rhoHigh - rhoLow) * Share(point[1]);
            (double psiLow, double psiHigh) = PsiInterval(theta, ref rho);
            return new EssviParameters(theta, rho, psiLow + (psiHigh - psiLow) * Share(point[2]));
        }

        internal void ToPoint(in EssviParameters slice, Span<double> point)
        {
            double thetaShare = DeterministicMath.Log(Math.Max(slice.Theta / _thetaLow, 1.0)) / _thetaLogRatio;
            point[0] = Logit(thetaShare);
            double theta = _thetaLow * DeterministicMath.Exp(_thetaLogRatio * Share(point[0]));
            (double rhoLow, double rhoHigh) = RhoInterval(theta);
            point[1] = Logit((slice.Rho - rhoLow) / (rhoHigh - rhoLow));
            double rho = rhoLow + (rhoHigh - rhoLow) * Share(point[1]);
            (double psiLow, double psiHigh) = PsiInterval(theta, ref rho);
            point[2] = Logit((slice.Psi - psiLow) / (psiHigh - psiLow));
        }

        // ψ must be able to rise by PsiRatioMinimum without outgrowing θ: that bounds ρ on both sides of the one
        // before.
        private (double Low, double High) RhoInterval(double theta)
        {
            if (_before is not { } before) return (-RhoLimit, RhoLimit);
            double shrink = before.Theta / theta;
            double low = Math.Max(-RhoLimit, (1.0 + before.Rho) * shrink - 1.0);
            double high = Math.Min(RhoLimit, 1.0 - (1.0 - before.Rho) * shrink);
            return (low, high);
        }

        // Where the butterfly bound leaves no room for this ρ, ρ moves towards the one before, where there is room.
        private (double Low, double High) PsiInterval(double theta, ref double rho)
        {
            if (_before is not { } before)
            {
                double most = EssviParameters.PsiMaximum(theta, rho, _level);
                return (PsiShareMinimum * most, most);
            }

            double low = before.Psi * EssviParameters.PsiRatioMinimum(before.Rho, rho);
            double high = Math.Min(
                before.Psi * theta / before.Theta, EssviParameters.PsiMaximum(theta, rho, _level));
            for (int i = 0; i < 40 && !(low <= high); i++)
            {
                rho = before.Rho + 0.7 * (rho - before.Rho);
                low = before.Psi * EssviParameters.PsiRatioMinimum(before.Rho, rho);
                high = Math.Min(before.Psi * theta / before.Theta, EssviParameters.PsiMaximum(theta, rho, _level));
            }

            return (low, Math.Max(low, high));
        }

        private static double Share(double logit) =>
            1.0 / (1.0 + DeterministicMath.Exp(Math.Clamp(-logit, -40.0, 40.0)));

        private static double Logit(double share)
        {
            double inside = double.IsNaN(share) ? 0.5 : Math.Clamp(share, 0.02, 0.98);
            return DeterministicMath.Log(inside / (1.0 - inside));
        }
    }

    private const double PsiShareMinimum = 1e-3; // A smile flatter than this is flat to any quote.
}
