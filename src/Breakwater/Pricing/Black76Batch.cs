using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>Value and first sensitivities of many options, each with inputs of its own: structure of arrays.</summary>
/// <remarks>
/// One text for every vector width, so any width gives the same bits. Source: Black (1976), J. Financial Economics 3,
/// 167–179; METHODOLOGY 1.2, PERFORMANCE 2.7.
/// </remarks>
public static class Black76Batch
{
    /// <summary>Inputs of a batch; all of one length, not modified.</summary>
    /// <param name="forwards">[option] forward, money; in [1e-50, 1e50].</param>
    /// <param name="strikes">[option] strike, money; in [1e-50, 1e50].</param>
    /// <param name="expiryYears">[option] time to expiry, ACT/365 years; &gt; 0.</param>
    /// <param name="volatilitiesAnnual">[option] log-normal volatility per √year; &gt; 0.</param>
    /// <param name="signs">[option] +1 of a call, −1 of a put.</param>
    public readonly ref struct Inputs(
        ReadOnlySpan<double> forwards,
        ReadOnlySpan<double> strikes,
        ReadOnlySpan<double> expiryYears,
        ReadOnlySpan<double> volatilitiesAnnual,
        ReadOnlySpan<double> signs)
    {
        internal ReadOnlySpan<double> Forwards { get; } = forwards;

        internal ReadOnlySpan<double> Strikes { get; } = strikes;

        internal ReadOnlySpan<double> ExpiryYears { get; } = expiryYears;

        internal ReadOnlySpan<double> VolatilitiesAnnual { get; } = volatilitiesAnnual;

        internal ReadOnlySpan<double> Signs { get; } = signs;
    }

    /// <summary>Outputs of a batch; all of the length of the inputs, without overlap.</summary>
    /// <param name="prices">[option] discounted value, money.</param>
    /// <param name="deltas">[option] ∂V/∂F, units of underlying.</param>
    /// <param name="gammas">[option] ∂²V/∂F², units of underlying per money.</param>
    /// <param name="vegas">[option] ∂V/∂σ, money per 1.00 of volatility.</param>
    /// <param name="thetas">[option] change of value per year of passing time, forward and rate held.</param>
    public readonly ref struct Outputs(
        Span<double> prices, Span<double> deltas, Span<double> gammas, Span<double> vegas, Span<double> thetas)
    {
        internal Span<double> Prices { get; } = prices;

        internal Span<double> Deltas { get; } = deltas;

        internal Span<double> Gammas { get; } = gammas;

        internal Span<double> Vegas { get; } = vegas;

        internal Span<double> Thetas { get; } = thetas;
    }

    /// <summary>Prices a batch with the widest vectors of the hardware.</summary>
    /// <param name="inputs">The options.</param>
    /// <param name="rateAnnual">Continuously compounded rate of the discount factor, per year; finite.</param>
    /// <param name="outputs">Filled.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the rate is not finite.</exception>
    public static void Fill(in Inputs inputs, double rateAnnual, in Outputs outputs)
    {
        Require.Finite(rateAnnual);
        RequireOneLength(inputs, outputs);
        int done = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            done = Fill<Vector512Lanes, Vector512<double>>(inputs, rateAnnual, outputs, done);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Fill<Vector256Lanes, Vector256<double>>(inputs, rateAnnual, outputs, done);
        }

        Fill<ScalarLanes, double>(inputs, rateAnnual, outputs, done);
    }

    /// <summary>The same with one width, from an option on as far as whole vectors go.</summary>
    /// <param name="inputs">The options.</param>
    /// <param name="rateAnnual">Continuously compounded rate, per year.</param>
    /// <param name="outputs">Filled.</param>
    /// <param name="first">First option.</param>
    /// <returns>The first option not filled.</returns>
    internal static int Fill<TLanes, TVector>(in Inputs inputs, double rateAnnual, in Outputs outputs, int first)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ReadOnlySpan<TVector> f = MemoryMarshal.Cast<double, TVector>(inputs.Forwards[first..]);
        ReadOnlySpan<TVector> k = MemoryMarshal.Cast<double, TVector>(inputs.Strikes[first..]);
        ReadOnlySpan<TVector> t = MemoryMarshal.Cast<double, TVector>(inputs.ExpiryYears[first..]);
        ReadOnlySpan<TVector> v = MemoryMarshal.Cast<double, TVector>(inputs.VolatilitiesAnnual[first..]);
        ReadOnlySpan<TVector> w = MemoryMarshal.Cast<double, TVector>(inputs.Signs[first..]);
        Span<TVector> price = MemoryMarshal.Cast<double, TVector>(outputs.Prices[first..]);
        Span<TVector> delta = MemoryMarshal.Cast<double, TVector>(outputs.Deltas[first..]);
        Span<TVector> gamma = MemoryMarshal.Cast<double, TVector>(outputs.Gammas[first..]);
        Span<TVector> vega = MemoryMarshal.Cast<double, TVector>(outputs.Vegas[first..]);
        Span<TVector> theta = MemoryMarshal.Cast<double, TVector>(outputs.Thetas[first..]);
        for (int i = 0; i < f.Length; i++)
        {
            TVector root = TLanes.Sqrt(t[i]);
            TVector s = TLanes.Multiply(v[i], root);
            TVector df = ExponentialKernel<TLanes, TVector>.Exp(TLanes.Multiply(t[i], TLanes.Of(-rateAnnual)));
            TVector x = LogarithmKernel<TLanes, TVector>.Log(TLanes.Divide(f[i], k[i]));
            TVector d1 = TLanes.Fma(s, TLanes.Of(0.5), TLanes.Divide(x, s));
            TVector d2 = TLanes.Subtract(d1, s);
            TVector phi = TLanes.Multiply(df, NormalKernel<TLanes, TVector>.Density(d1));
            TVector sign = TLanes.Multiply(df, w[i]);
            delta[i] = TLanes.Multiply(sign, NormalKernel<TLanes, TVector>.Cdf(TLanes.Multiply(w[i], d1)));
            TVector paid = TLanes.Multiply(sign, NormalKernel<TLanes, TVector>.Cdf(TLanes.Multiply(w[i], d2)));
            price[i] = TLanes.Subtract(TLanes.Multiply(f[i], delta[i]), TLanes.Multiply(k[i], paid));
            gamma[i] = TLanes.Divide(phi, TLanes.Multiply(f[i], s));
            TVector fPhi = TLanes.Multiply(f[i], phi);
            vega[i] = TLanes.Multiply(fPhi, root);
            TVector decay = TLanes.Divide(TLanes.Multiply(fPhi, v[i]), TLanes.Add(root, root));
            theta[i] = TLanes.Fma(TLanes.Of(rateAnnual), price[i], TLanes.Subtract(TLanes.Of(0.0), decay));
        }

        return first + f.Length * (Unsafe.SizeOf<TVector>() / sizeof(double));
    }

    private static void RequireOneLength(in Inputs inputs, in Outputs outputs)
    {
        int count = inputs.Forwards.Length;
        Require.Count(inputs.Strikes.Length, count);
        Require.Count(inputs.ExpiryYears.Length, count);
        Require.Count(inputs.VolatilitiesAnnual.Length, count);
        Require.Count(inputs.Signs.Length, count);
        Require.Count(outputs.Prices.Length, count);
        Require.Count(outputs.Deltas.Length, count);
        Require.Count(outputs.Gammas.Length, count);
        Require.Count(outputs.Vegas.Length, count);
        Require.Count(outputs.Thetas.Length, count);
    }
}
