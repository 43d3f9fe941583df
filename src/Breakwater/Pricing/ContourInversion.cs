using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>A model price and the estimate of its numerical error.</summary>
/// <param name="Value">Money per unit of underlying.</param>
/// <param name="ErrorEstimate">
/// Estimate of the absolute numerical error, money; normally far above the true one.
/// </param>
public readonly record struct ModelPrice(double Value, double ErrorEstimate);

/// <summary>
/// European options from the moment function M(z) = E[e^{zX}], X = ln(S_T/F), by one integral along Re z = c:
/// V/F = (1/2πi) ∫ M(z)·e^{(1−z)k}/(z(z − 1)) dz, k = ln(K/F): the call for c &gt; 1, the put for c &lt; 0, the call
/// less one in between. Source: Lewis (2001), "A simple option formula for general jump-diffusion and other
/// exponential Lévy processes"; the choice of c follows Lord and Kahl (2007), J. Computational Finance 10(4).
/// </summary>
/// <remarks>
/// c is the saddle of the integrand on the real axis, on the side where the option out of the money is the integral
/// itself: the integrand then hardly oscillates, and far wings keep their relative accuracy.
/// </remarks>
internal static class ContourInversion
{
    private const double RelativeTolerance = 1e-12;
    private const double OffsetMin = 1e-6; // distance kept from the poles at 0 and 1, relative to min(1, width) ...
    private const double OffsetMax = 1e6; // ... and the farthest c looked at where every moment is finite
    private const double WidthMin = 1e-3; // a narrower strip beyond the pole is left for the one between the poles
    private const double EdgeFraction = 1e-6; // distance kept from the end of the strip of convergence
    private const int GoldenSteps = 60; // 0.618^60 = 3e-13 of the logarithmic range
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>Price of a call or put.</summary>
    /// <param name="right">Call or put.</param>
    /// <param name="market">Forward and discount factor.</param>
    /// <param name="strike">Strike, money.</param>
    /// <param name="model">Moment function of the model.</param>
    internal static ModelPrice Price(OptionRight right, SpotModel market, double strike, MomentModel model)
    {
        double logRatio = NormalisedBlack.LogMoneyness(market.Forward, strike);
        double k = strike >= market.Forward ? -logRatio : logRatio;
        bool isCall = k >= 0.0;
        double width = isCall ? model.UpperMoment - 1.0 : -model.LowerMoment;
        bool isCovered = width < WidthMin;
        double c = isCovered ? CoveredSaddle(model, k) : Saddle(model, k, isCall, width);
        Quadrature integral = Integrate(model, k, c);
        double covered = isCovered ? Math.Min(market.Forward, strike) : 0.0;
        double outOfTheMoney = Math.Max(0.0, covered + market.Forward * integral.Value);
        double value = Black76.Payoff(right, market.Forward, strike) + outOfTheMoney;
        double error = Math.Min(double.MaxValue, market.Discount * market.Forward * integral.Error);
        return new ModelPrice(market.Discount * value, error);
    }

    /// <summary>Minimum of ln of the integrand over c beyond the pole, which is convex in c.</summary>
    private static double Saddle(MomentModel model, double k, bool isCall, double width)
    {
        double At(double logOffset)
        {
            double offset = DeterministicMath.Exp(logOffset);
            return LogIntegrand(model, k, isCall ? 1.0 + offset : -offset);
        }

        double reach = Math.Min(OffsetMax, width * (1.0 - EdgeFraction));
        double low = DeterministicMath.Log(OffsetMin * Math.Min(1.0, width));
        double high = DeterministicMath.Log(reach);
        double left = high - GoldenRatio * (high - low);
        double right = low + GoldenRatio * (high - low);
        double leftValue = At(left);
        double rightValue = At(right);
        for (int i = 0; i < GoldenSteps; i++)
        {
            if (leftValue <= rightValue)
            {
                (high, right, rightValue) = (right, left, leftValue);
                left = high - GoldenRatio * (high - low);
                leftValue = At(left);
            }
            else
            {
                (low, left, leftValue) = (left, right, rightValue);
                right = low + GoldenRatio * (high - low);
                rightValue = At(right);
            }
        }

        double best = DeterministicMath.Exp(0.5 * (low + high));
        return isCall ? 1.0 + best : -best;
    }

    /// <summary>Minimum over 0 &lt; c &lt; 1, where the integral is less the value of min(S_T, K).</summary>
    private static double CoveredSaddle(MomentModel model, double k)
    {
        double low = OffsetMin;
        double high = 1.0 - OffsetMin;
        while (high - low > OffsetMin)
        {
            double left = high - GoldenRatio * (high - low);
            double right = low + GoldenRatio * (high - low);
            if (LogIntegrand(model, k, left) <= LogIntegrand(model, k, right)) high = right;
            else low = left;
        }

        return 0.5 * (low + high);
    }

    private static double LogIntegrand(MomentModel model, double k, double c)
    {
        double value = model.Log(c).Real + (1.0 - c) * k - DeterministicMath.Log(Math.Abs(c * (c - 1.0)));
        // Far out a moment may overflow; it is no minimum.
        return double.IsFinite(value) ? value : double.MaxValue;
    }

    private static Quadrature Integrate(MomentModel model, double k, double c)
    {
        double peak = model.Log(c).Real;
        double Integrand(double v)
        {
            ComplexNumber z = new(c, v);
            ComplexNumber exponent = model.Log(z) - new ComplexNumber(peak, v * k);
            return (ComplexNumber.Exp(exponent) / (z * (z - 1.0))).Real;
        }

        QuadratureRange range = new(Width(model, k, c), Reach(model, c), model.PanelWidthMax);
        Quadrature integral = AdaptiveQuadrature.ToInfinity(Integrand, range, RelativeTolerance);
        double scale = DeterministicMath.Exp(peak + (1.0 - c) * k) / Math.PI;
        return new Quadrature(scale * integral.Value, Math.Min(double.MaxValue, scale * integral.Error));
    }

    /// <summary>1/√ of the second derivative of the exponent at the saddle: the width of the peak.</summary>
    private static double Width(MomentModel model, double k, double c)
    {
        double step = 1e-3 * Math.Min(Math.Abs(c), Math.Abs(c - 1.0));
        double second = LogIntegrand(model, k, c + step) - 2.0 * LogIntegrand(model, k, c)
            + LogIntegrand(model, k, c - step);
        double toPole = Math.Min(Math.Abs(c), Math.Abs(c - 1.0));
        return second > 0.0 ? Math.Min(step / Math.Sqrt(second), toPole) : toPole;
    }

    /// <summary>
    /// v beyond which the diffusion alone keeps the integrand below e^−40 of its peak, whatever the jumps.
    /// </summary>
    private static double Reach(MomentModel model, double c)
    {
        const double decay = -40.0; // e^−40 = 4e-18
        double peak = model.Diffusion(c).Real;
        double v = 1.0;
        while (v < OffsetMax && model.Diffusion(new ComplexNumber(c, v)).Real - peak > decay) v *= 2.0;
        return v;
    }
}

/// <summary>ln E[e^{zX}] of a model, as the sum of diffusion and jumps, on the strip where it is finite.</summary>
/// <param name="Diffusion">Part of the continuous path.</param>
/// <param name="Jumps">Part of the compensated jumps.</param>
/// <param name="LowerMoment">Left end of the strip; &lt; 0, −∞ allowed.</param>
/// <param name="UpperMoment">Right end; &gt; 1, +∞ allowed.</param>
/// <param name="PanelWidthMax">
/// Widest step in Im z that cannot miss a return of the jump part; +∞ where there is none.
/// </param>
internal sealed record MomentModel(
    Func<ComplexNumber, ComplexNumber> Diffusion,
    Func<ComplexNumber, ComplexNumber> Jumps,
    double LowerMoment,
    double UpperMoment,
    double PanelWidthMax)
{
    /// <summary>ln E[e^{zX}].</summary>
    internal ComplexNumber Log(ComplexNumber z) => Diffusion(z) + Jumps(z);
}
