using System.Runtime.Intrinsics;
using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>Value and first sensitivities of many options, each with inputs of its own: structure of arrays.</summary>
/// <remarks>
/// One text for every vector width, so any width gives the same bits. Error about 1e-15 of each figure's natural scale
/// (F or K for the price): <see cref="Black76Greeks"/> loses less far from the money and knows every limit. Cost: some
/// 170 cycles of eight options with 512-bit vectors. Source: Black (1976), J. Financial Economics 3, 167–179;
/// METHODOLOGY 1.2, PERFORMANCE 2.7.
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

        internal Inputs Slice(int first, int count) => new(
            Forwards.Slice(first, count),
            Strikes.Slice(first, count),
            ExpiryYears.Slice(first, count),
            VolatilitiesAnnual.Slice(first, count),
            Signs.Slice(first, count));
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

        internal Outputs Slice(int first, int count) => new(
            Prices.Slice(first, count),
            Deltas.Slice(first, count),
            Gammas.Slice(first, count),
            Vegas.Slice(first, count),
            Thetas.Slice(first, count));
    }

    /// <summary>Prices a batch with the widest vectors of the hardware.</summary>
    /// <param name="inputs">The options.</param>
    /// <param name="rateAnnual">Continuously compounded rate of the discount factor, per year; |rate·T| ≤ 700.</param>
    /// <param name="outputs">Filled.</param>
    /// <returns>False if some input was outside its domain or not a number; then the outputs are unusable.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the rate is not finite.</exception>
    public static bool TryFill(in Inputs inputs, double rateAnnual, in Outputs outputs)
    {
        Require.Finite(rateAnnual);
        RequireOneLength(inputs, outputs);
        int count = inputs.Forwards.Length;
        bool isInside = true;
        int first = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            first = count & -Vector512<double>.Count;
            isInside = Black76BatchKernel<Vector512Lanes, Vector512<double>>.TryFill(
                inputs.Slice(0, first), rateAnnual, outputs.Slice(0, first));
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            first = count & -Vector256<double>.Count;
            isInside = Black76BatchKernel<Vector256Lanes, Vector256<double>>.TryFill(
                inputs.Slice(0, first), rateAnnual, outputs.Slice(0, first));
        }

        return Black76BatchKernel<ScalarLanes, double>.TryFill(
            inputs.Slice(first, count - first), rateAnnual, outputs.Slice(first, count - first)) && isInside;
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
