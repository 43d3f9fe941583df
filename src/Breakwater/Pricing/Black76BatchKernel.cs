using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>The text of <see cref="Black76Batch"/> for one lane width.</summary>
/// <remarks>
/// Two passes over blocks that stay in the L1 cache, because one chain of dependent operations per option would be
/// longer than a processor looks ahead: first moneyness and discount, then the tails. One division serves ln(F/K), 1/s
/// and 1/(F·s), one both tails; K·φ(d2) = F·φ(d1).
/// </remarks>
/// <typeparam name="TLanes">Lane operations.</typeparam>
/// <typeparam name="TVector">One double or a vector of doubles.</typeparam>
internal static class Black76BatchKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int Block = 32; // options: 1 KiB of scratch between the passes
    private const double Ln2 = 0.6931471805599453;
    private const double InverseSqrtTwoPi = 0.3989422804014327; // φ(0)
    private const double DeviationsMax = 100.0; // both tails are below every normal number long before
    private const double MagnitudeMin = 1e-50; // as Black76Greeks

    /// <summary>Prices options as many as fill whole vectors.</summary>
    /// <param name="inputs">The options; their count is a multiple of the lanes.</param>
    /// <param name="rateAnnual">Continuously compounded rate, per year.</param>
    /// <param name="outputs">Filled.</param>
    /// <returns>False if some input was outside its domain.</returns>
    internal static bool TryFill(
        in Black76Batch.Inputs inputs, double rateAnnual, in Black76Batch.Outputs outputs)
    {
        bool isInside = true;
        int count = inputs.Forwards.Length;
        Span<double> scratch = stackalloc double[4 * Block];
        for (int first = 0; first < count; first += Block)
        {
            int size = Math.Min(Block, count - first);
            Black76Batch.Inputs own = inputs.Slice(first, size);
            Black76Batch.Outputs filled = outputs.Slice(first, size);
            Approach(own, rateAnnual, scratch);
            isInside &= Finish(own, rateAnnual, scratch, filled);
        }

        return isInside;
    }

    // Leaves d1, D, 1/(F·s) and √T in the quarters of the scratch.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Approach(
        in Black76Batch.Inputs inputs, double rateAnnual, Span<double> scratch)
    {
        ref TVector forwards = ref Start(inputs.Forwards);
        ref TVector strikes = ref Start(inputs.Strikes);
        ref TVector years = ref Start(inputs.ExpiryYears);
        ref TVector volatilities = ref Start(inputs.VolatilitiesAnnual);
        ref TVector heights = ref Start(scratch);
        ref TVector discounts = ref Start(scratch[Block..]);
        ref TVector inverses = ref Start(scratch[(2 * Block)..]);
        ref TVector roots = ref Start(scratch[(3 * Block)..]);
        int count = inputs.Forwards.Length / Lanes;
        TVector twiceRate = TLanes.Of(2.0 * rateAnnual);
        TVector half = TLanes.Of(0.5);
        for (int i = 0; i < count; i++)
        {
            TVector forward = Unsafe.Add(ref forwards, i);
            TVector root = TLanes.Sqrt(Unsafe.Add(ref years, i));
            TVector s = TLanes.Multiply(Unsafe.Add(ref volatilities, i), root);
            TVector k = TLanes.SplitRatio(forward, Unsafe.Add(ref strikes, i), out TVector scaled);
            TVector sum = TLanes.Add(forward, scaled);
            TVector product = TLanes.Multiply(s, forward);
            TVector inverse = TLanes.Divide(TLanes.Of(1.0), TLanes.Multiply(sum, product));
            TVector tangent = TLanes.Multiply(
                TLanes.Subtract(forward, scaled), TLanes.Multiply(inverse, product));
            TVector x = TLanes.Fma(k, TLanes.Of(Ln2), TwiceArtanh(tangent));
            TVector inverseProduct = TLanes.Multiply(inverse, sum);
            Unsafe.Add(ref heights, i) =
                TLanes.Fma(s, half, TLanes.Multiply(x, TLanes.Multiply(inverseProduct, forward)));
            Unsafe.Add(ref discounts, i) =
                TailKernel<TLanes, TVector>.HalfExponential(TLanes.Multiply(Unsafe.Add(ref years, i), twiceRate));
            Unsafe.Add(ref inverses, i) = inverseProduct;
            Unsafe.Add(ref roots, i) = root;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Finish(
        in Black76Batch.Inputs inputs, double rateAnnual, Span<double> scratch, in Black76Batch.Outputs outputs)
    {
        ref TVector forwards = ref Start(inputs.Forwards);
        ref TVector strikes = ref Start(inputs.Strikes);
        ref TVector years = ref Start(inputs.ExpiryYears);
        ref TVector volatilities = ref Start(inputs.VolatilitiesAnnual);
        ref TVector signs = ref Start(inputs.Signs);
        ref TVector heights = ref Start(scratch);
        ref TVector discounts = ref Start(scratch[Block..]);
        ref TVector inverses = ref Start(scratch[(2 * Block)..]);
        ref TVector roots = ref Start(scratch[(3 * Block)..]);
        ref TVector prices = ref Start(outputs.Prices);
        ref TVector deltas = ref Start(outputs.Deltas);
        ref TVector gammas = ref Start(outputs.Gammas);
        ref TVector vegas = ref Start(outputs.Vegas);
        ref TVector thetas = ref Start(outputs.Thetas);
        int count = inputs.Forwards.Length / Lanes;
        TVector zero = TLanes.Of(0.0);
        TVector rate = TLanes.Of(rateAnnual);
        TVector least = TLanes.Of(1.0);
        TVector check = zero;
        for (int i = 0; i < count; i++)
        {
            TVector forward = Unsafe.Add(ref forwards, i);
            TVector volatility = Unsafe.Add(ref volatilities, i);
            TVector root = Unsafe.Add(ref roots, i);
            TVector discount = Unsafe.Add(ref discounts, i);
            TVector inverse = Unsafe.Add(ref inverses, i);
            TVector signedDiscount = TLanes.Multiply(discount, Unsafe.Add(ref signs, i));
            TVector bell = Tails(
                (forward, Unsafe.Add(ref strikes, i), Unsafe.Add(ref signs, i)), Unsafe.Add(ref heights, i),
                TLanes.Multiply(volatility, root), out TVector itm, out TVector paid);
            TVector price = TLanes.Multiply(
                signedDiscount, TLanes.Fma(forward, itm, TLanes.Subtract(zero, paid)));
            TVector density = TLanes.Multiply(TLanes.Multiply(discount, TLanes.Of(InverseSqrtTwoPi)), bell);
            TVector perForward = TLanes.Multiply(forward, density);
            TVector decay = TLanes.Multiply(
                TLanes.Multiply(TLanes.Multiply(perForward, TLanes.Of(0.5)), TLanes.Multiply(volatility, volatility)),
                TLanes.Multiply(inverse, forward));
            Unsafe.Add(ref prices, i) = price;
            Unsafe.Add(ref deltas, i) = TLanes.Multiply(signedDiscount, itm);
            Unsafe.Add(ref gammas, i) = TLanes.Multiply(density, inverse);
            Unsafe.Add(ref vegas, i) = TLanes.Multiply(perForward, root);
            TVector theta = TLanes.Subtract(TLanes.Multiply(rate, price), decay);
            Unsafe.Add(ref thetas, i) = theta;
            least = TLanes.Min(
                TLanes.Min(least, forward),
                TLanes.Min(Unsafe.Add(ref strikes, i), TLanes.Min(Unsafe.Add(ref years, i), volatility)));
            // NaN once something is not finite; the strike of an option far out of the money is in no figure.
            check = TLanes.Fma(TLanes.Add(theta, Unsafe.Add(ref strikes, i)), zero, check);
        }

        return AllAtLeast(least, MagnitudeMin) && AllAtLeast(check, 0.0);
    }

    // Φ(ωd1), K·Φ(ωd2) and e^{−d1²/2}.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Tails(
        (TVector Forward, TVector Strike, TVector Sign) option,
        TVector d1,
        TVector s,
        out TVector itm,
        out TVector paid)
    {
        TVector zero = TLanes.Of(0.0);
        TVector d2 = TLanes.Subtract(d1, s);
        TVector square = TLanes.Min(
            TLanes.Multiply(d1, d1), TLanes.Of(TailKernel<TLanes, TVector>.ArgumentMax));
        TVector bell = TailKernel<TLanes, TVector>.HalfExponential(square);
        TVector far = TLanes.Of(DeviationsMax);
        TVector a = TLanes.Min(TLanes.Abs(d1), far);
        TVector b = TLanes.Min(TLanes.Abs(d2), far);
        TVector below1 = TailKernel<TLanes, TVector>.Denominator(a);
        TVector below2 = TailKernel<TLanes, TVector>.Denominator(b);
        TVector scale = TLanes.Divide(bell, TLanes.Multiply(below1, below2));
        TVector tail1 = TLanes.Multiply(
            scale, TLanes.Multiply(TailKernel<TLanes, TVector>.Numerator(a), below2));
        TVector tail2 = TLanes.Multiply(
            TLanes.Multiply(option.Forward, scale),
            TLanes.Multiply(TailKernel<TLanes, TVector>.Numerator(b), below1));
        itm = TLanes.SelectLess(
            TLanes.Multiply(d1, option.Sign), zero, tail1, TLanes.Subtract(TLanes.Of(1.0), tail1));
        paid = TLanes.SelectLess(
            TLanes.Multiply(d2, option.Sign), zero, tail2, TLanes.Subtract(option.Strike, tail2));
        return bell;
    }

    // 2·artanh(t), |t| ≤ 0.2005: 2t + t³·P(t²), P a Chebyshev fit of degree 6, error 7e-17 of the result.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector TwiceArtanh(TVector t)
    {
        TVector z = TLanes.Multiply(t, t);
        TVector p = TLanes.Fma(z, TLanes.Of(0.15140932803857601), TLanes.Of(0.15281216235363761));
        p = TLanes.Fma(p, z, TLanes.Of(0.18184712754525605));
        p = TLanes.Fma(p, z, TLanes.Of(0.2222218084956237));
        p = TLanes.Fma(p, z, TLanes.Of(0.28571428852214436));
        p = TLanes.Fma(p, z, TLanes.Of(0.3999999999928674));
        p = TLanes.Fma(p, z, TLanes.Of(0.6666666666666696));
        return TLanes.Fma(TLanes.Multiply(t, z), p, TLanes.Add(t, t));
    }

    // Unchecked access behind it stays inside, because every span has the length of the forwards.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TVector Start(ReadOnlySpan<double> column) =>
        ref Unsafe.As<double, TVector>(ref MemoryMarshal.GetReference(column));

    private static int Lanes => Unsafe.SizeOf<TVector>() / sizeof(double);

    private static bool AllAtLeast(TVector vector, double limit)
    {
        foreach (double lane in MemoryMarshal.Cast<TVector, double>(new ReadOnlySpan<TVector>(in vector)))
        {
            if (!(lane >= limit)) return false;
        }

        return true;
    }
}
