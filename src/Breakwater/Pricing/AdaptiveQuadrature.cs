namespace Breakwater.Pricing;

/// <summary>An integral and the estimate of its absolute error.</summary>
/// <param name="Value">The integral.</param>
/// <param name="Error">Estimate of its absolute error, normally far above the true one.</param>
internal readonly record struct Quadrature(double Value, double Error);

/// <summary>Scales of an integrand on [0, ∞).</summary>
/// <param name="Width">Scale on which it varies near zero; &gt; 0.</param>
/// <param name="Reach">It may come back after having been small before this, never after.</param>
/// <param name="PanelWidthMax">Widest panel before the reach that cannot miss such a return.</param>
internal readonly record struct QuadratureRange(double Width, double Reach, double PanelWidthMax);

/// <summary>
/// Deterministic adaptive Gauss–Kronrod quadrature of 15 nodes. Source: nodes, weights and error estimate of
/// Piessens et al. (1983), QUADPACK, routine QK15.
/// </summary>
internal static class AdaptiveQuadrature
{
    private const int DepthMax = 40;
    private const int PanelMax = 20_000;
    private const double RoundingFraction = 1e-16; // bisection cannot improve on this share of ∫|f|
    private const double TailFraction = 1e-17; // a doubling panel below this share of the total ends the integral
    private const double ErrorScale = 200.0; // QUADPACK: error ≈ (200·|K − G|/∫|f − mean|)^1.5

    private static ReadOnlySpan<double> KronrodNodes =>
    [
        0.99145537112081264, 0.94910791234275852, 0.86486442335976907, 0.74153118559939444,
        0.58608723546769113, 0.40584515137739717, 0.20778495500789847,
    ];

    private static ReadOnlySpan<double> KronrodWeights =>
    [
        0.022935322010529225, 0.063092092629978553, 0.10479001032225018, 0.14065325971552592,
        0.16900472663926790, 0.19035057806478541, 0.20443294007529889, 0.20948214108472783,
    ];

    private static ReadOnlySpan<double> GaussWeights =>
        [0.12948496616886969, 0.27970539148927667, 0.38183005050511894, 0.41795918367346939];

    /// <summary>
    /// ∫₀^∞ f over [0, width], then panels that double, until two in a row past the reach add nothing.
    /// </summary>
    /// <param name="function">Decays at infinity; finite on [0, ∞).</param>
    /// <param name="range">Scales of the function.</param>
    /// <param name="relativeTolerance">Error allowed per panel, as a share of ∫|f| so far.</param>
    internal static Quadrature ToInfinity(
        Func<double, double> function,
        QuadratureRange range,
        double relativeTolerance)
    {
        Panel panel = Rule(function, 0.0, range.Width);
        double magnitude = panel.Magnitude;
        Quadrature total = Refine(function, panel, relativeTolerance * magnitude, DepthMax);
        int smallCount = 0;
        for (int i = 0; i < PanelMax; i++)
        {
            double left = panel.Right;
            bool isInside = left < range.Reach;
            panel = Rule(function, left, left + (isInside ? Math.Min(left, range.PanelWidthMax) : left));
            magnitude += panel.Magnitude;
            Quadrature part = Refine(function, panel, relativeTolerance * magnitude, DepthMax);
            total = new Quadrature(total.Value + part.Value, total.Error + part.Error);
            // Two in a row: a single panel may straddle zeros of an oscillation.
            smallCount = panel.Magnitude <= TailFraction * magnitude ? smallCount + 1 : 0;
            if (smallCount >= 2 && !isInside) return total;
        }

        return total with { Error = double.MaxValue };
    }

    private static Quadrature Refine(Func<double, double> function, Panel panel, double tolerance, int depth)
    {
        double rounding = RoundingFraction * panel.Magnitude;
        if (panel.Error <= Math.Max(tolerance, rounding) || depth == 0)
        {
            return new Quadrature(panel.Value, Math.Max(panel.Error, rounding));
        }

        double middle = 0.5 * (panel.Left + panel.Right);
        Quadrature left = Refine(function, Rule(function, panel.Left, middle), 0.5 * tolerance, depth - 1);
        Quadrature right = Refine(function, Rule(function, middle, panel.Right), 0.5 * tolerance, depth - 1);
        return new Quadrature(left.Value + right.Value, left.Error + right.Error);
    }

    private static Panel Rule(Func<double, double> function, double left, double right)
    {
        Span<double> values = stackalloc double[15];
        double half = 0.5 * (right - left);
        double centre = 0.5 * (right + left);
        values[14] = function(centre);
        double kronrod = KronrodWeights[7] * values[14];
        double gauss = GaussWeights[3] * values[14];
        double magnitude = KronrodWeights[7] * Math.Abs(values[14]);
        for (int i = 0; i < 7; i++)
        {
            double offset = half * KronrodNodes[i];
            values[2 * i] = function(centre - offset);
            values[2 * i + 1] = function(centre + offset);
            double pair = values[2 * i] + values[2 * i + 1];
            kronrod += KronrodWeights[i] * pair;
            magnitude += KronrodWeights[i] * (Math.Abs(values[2 * i]) + Math.Abs(values[2 * i + 1]));
            if (i % 2 == 1) gauss += GaussWeights[i / 2] * pair;
        }

        double error = half * Error(values, kronrod, Math.Abs(kronrod - gauss));
        return new Panel(left, right, half * kronrod, error, half * magnitude);
    }

    private static double Error(ReadOnlySpan<double> values, double kronrod, double difference)
    {
        double mean = 0.5 * kronrod;
        double spread = KronrodWeights[7] * Math.Abs(values[14] - mean);
        for (int i = 0; i < 7; i++)
        {
            spread += KronrodWeights[i] * (Math.Abs(values[2 * i] - mean) + Math.Abs(values[2 * i + 1] - mean));
        }

        if (!(spread > 0.0)) return difference;
        double ratio = ErrorScale * difference / spread;
        return ratio < 1.0 ? spread * ratio * Math.Sqrt(ratio) : Math.Max(difference, spread);
    }

    private readonly record struct Panel(double Left, double Right, double Value, double Error, double Magnitude);
}
