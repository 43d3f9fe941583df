using System.Runtime.Intrinsics;

namespace Breakwater.Numerics;

/// <summary>
/// Vector forms of the elementary functions. For every double, special ones included, each lane has the bits of the
/// scalar function, because both are the same kernel text (law: VectorMathLaws). Any hardware gives the same bits.
/// </summary>
public static class VectorMath
{
    /// <summary>e^x in every lane, equal to <see cref="DeterministicMath.Exp"/> to the bit.</summary>
    /// <param name="x">Any doubles.</param>
    public static Vector256<double> Exp(Vector256<double> x) => ExpMap.Apply<Vector256Lanes, Vector256<double>>(x);

    /// <summary>e^x in every lane, equal to <see cref="DeterministicMath.Exp"/> to the bit.</summary>
    /// <param name="x">Any doubles.</param>
    public static Vector512<double> Exp(Vector512<double> x) => ExpMap.Apply<Vector512Lanes, Vector512<double>>(x);

    /// <summary>e^x of every element, equal to <see cref="DeterministicMath.Exp"/> to the bit.</summary>
    /// <param name="x">[n], any doubles; not modified.</param>
    /// <param name="result">[n], filled; may be the same span as <paramref name="x"/>, else without overlap.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Exp(ReadOnlySpan<double> x, Span<double> result) => SpanMap.Run<ExpMap>(x, result);

    /// <summary>ln x in every lane, equal to <see cref="DeterministicMath.Log"/> to the bit.</summary>
    /// <param name="x">Any doubles.</param>
    public static Vector256<double> Log(Vector256<double> x) => LogMap.Apply<Vector256Lanes, Vector256<double>>(x);

    /// <summary>ln x in every lane, equal to <see cref="DeterministicMath.Log"/> to the bit.</summary>
    /// <param name="x">Any doubles.</param>
    public static Vector512<double> Log(Vector512<double> x) => LogMap.Apply<Vector512Lanes, Vector512<double>>(x);

    /// <summary>ln x of every element, equal to <see cref="DeterministicMath.Log"/> to the bit.</summary>
    /// <param name="x">[n], any doubles; not modified.</param>
    /// <param name="result">[n], filled; may be the same span as <paramref name="x"/>, else without overlap.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Log(ReadOnlySpan<double> x, Span<double> result) => SpanMap.Run<LogMap>(x, result);

    /// <summary>Φ(x) in every lane, equal to <see cref="NormalDistribution.Cdf"/> to the bit.</summary>
    /// <param name="x">Any doubles.</param>
    public static Vector256<double> NormalCdf(Vector256<double> x) =>
        NormalCdfMap.Apply<Vector256Lanes, Vector256<double>>(x);

    /// <summary>Φ(x) in every lane, equal to <see cref="NormalDistribution.Cdf"/> to the bit.</summary>
    /// <param name="x">Any doubles.</param>
    public static Vector512<double> NormalCdf(Vector512<double> x) =>
        NormalCdfMap.Apply<Vector512Lanes, Vector512<double>>(x);

    /// <summary>Φ(x) of every element, equal to <see cref="NormalDistribution.Cdf"/> to the bit.</summary>
    /// <param name="x">[n], any doubles; not modified.</param>
    /// <param name="result">[n], filled; may be the same span as <paramref name="x"/>, else without overlap.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void NormalCdf(ReadOnlySpan<double> x, Span<double> result) => SpanMap.Run<NormalCdfMap>(x, result);

    private readonly struct ExpMap : ILaneMap
    {
        public static TVector Apply<TLanes, TVector>(TVector x)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct =>
            ExponentialKernel<TLanes, TVector>.Exp(x);
    }

    private readonly struct LogMap : ILaneMap
    {
        public static TVector Apply<TLanes, TVector>(TVector x)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct =>
            LogarithmKernel<TLanes, TVector>.Log(x);
    }

    private readonly struct NormalCdfMap : ILaneMap
    {
        public static TVector Apply<TLanes, TVector>(TVector x)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct =>
            NormalKernel<TLanes, TVector>.Cdf(x);
    }
}
