using Breakwater.Numerics;

namespace Breakwater.Forecasts;

/// <summary>Student's t with scale, fitted by maximum likelihood: how fat residual tails are (METHODOLOGY 3.4, ν
/// residual).</summary>
/// <param name="Degrees">ν; in [1, 100].</param>
/// <param name="Scale">s, in the unit of the sample: x/s has the standard law; &gt; 0.</param>
/// <param name="LogLikelihood">Of the sample, natural logarithm.</param>
public readonly record struct StudentFit(double Degrees, double Scale, double LogLikelihood)
{
    private const double DegreesMinimum = 1d;
    private const double DegreesMaximum = 100d; // beyond, the law is normal for every sample we have
    private const double GoldenSection = 0.6180339887498949; // (√5 − 1)/2
    private const int SearchSteps = 40; // the bracket of ln ν shrinks to 2e-8
    private const int ScaleStepsMax = 200;
    private const double ScaleTolerance = 1e-10;

    /// <summary>Fits a sample around zero.</summary>
    /// <param name="sample">Residuals; finite, not all zero; not modified.</param>
    /// <remarks>Scale at fixed ν by the EM iteration of Lange, Little, Taylor (1989), JASA 84, 881–896; ν by golden
    /// section on the profile likelihood in ln ν.</remarks>
    public static StudentFit Of(ReadOnlySpan<double> sample)
    {
        double square = 0d;
        foreach (double value in sample)
        {
            Require.Finite(value);
            square += value * value;
        }

        Require.Positive(square);
        double start = square / sample.Length;
        (double low, double high) = (0d, DeterministicMath.Log(DegreesMaximum / DegreesMinimum));
        for (int i = 0; i < SearchSteps; i++)
        {
            double left = high - (GoldenSection * (high - low));
            double right = low + (GoldenSection * (high - low));
            bool isLeft = AtLog(sample, left, start).LogLikelihood >= AtLog(sample, right, start).LogLikelihood;
            (low, high) = isLeft ? (low, right) : (left, high);
        }

        return AtLog(sample, 0.5 * (low + high), start);
    }

    private static StudentFit AtLog(ReadOnlySpan<double> sample, double logDegrees, double squareStart)
    {
        double degrees = DegreesMinimum * DeterministicMath.Exp(logDegrees);
        double square = squareStart;
        for (int i = 0; i < ScaleStepsMax; i++)
        {
            double sum = 0d;
            foreach (double value in sample)
            {
                double ratio = value * value / square;
                sum += (degrees + 1d) * ratio / (degrees + ratio);
            }

            double factor = sum / sample.Length;
            square *= factor;
            if (Math.Abs(factor - 1d) < ScaleTolerance) break;
        }

        return new StudentFit(degrees, Math.Sqrt(square), Likelihood(sample, degrees, square));
    }

    private static double Likelihood(ReadOnlySpan<double> sample, double degrees, double square)
    {
        double sum = 0d;
        foreach (double value in sample)
        {
            sum += DeterministicMath.Log1p(value * value / (square * degrees));
        }

        double constant = GammaFunctions.LogGamma(0.5 * (degrees + 1d)) - GammaFunctions.LogGamma(0.5 * degrees)
            - (0.5 * DeterministicMath.Log(Math.PI * degrees * square));
        return (sample.Length * constant) - (0.5 * (degrees + 1d) * sum);
    }
}
