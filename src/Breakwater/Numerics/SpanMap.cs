using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Breakwater.Numerics;

/// <summary>A function of one number written once for every lane width.</summary>
internal interface ILaneMap
{
    /// <summary>The function in every lane.</summary>
    static abstract TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}

/// <summary>Applies a lane map to a span with the widest vectors the hardware has; the width never changes a
/// bit.</summary>
internal static class SpanMap
{
    /// <summary>result[i] = map(x[i]).</summary>
    /// <param name="x">[n]; not modified.</param>
    /// <param name="result">[n], filled; the same span as <paramref name="x"/> or without overlap.</param>
    internal static void Run<TMap>(ReadOnlySpan<double> x, Span<double> result)
        where TMap : struct, ILaneMap
    {
        Require.Count(result.Length, x.Length);
        int done = 0;
        if (Vector512.IsHardwareAccelerated) done = Run512<TMap>(x, result);
        else if (Vector256.IsHardwareAccelerated) done = Run256<TMap>(x, result);
        for (int i = done; i < x.Length; i++) result[i] = TMap.Apply<ScalarLanes, double>(x[i]);
    }

    private static int Run512<TMap>(ReadOnlySpan<double> x, Span<double> result)
        where TMap : struct, ILaneMap
    {
        ReadOnlySpan<Vector512<double>> source = MemoryMarshal.Cast<double, Vector512<double>>(x);
        Span<Vector512<double>> target = MemoryMarshal.Cast<double, Vector512<double>>(result);
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = TMap.Apply<Vector512Lanes, Vector512<double>>(source[i]);
        }

        return source.Length * Vector512<double>.Count;
    }

    private static int Run256<TMap>(ReadOnlySpan<double> x, Span<double> result)
        where TMap : struct, ILaneMap
    {
        ReadOnlySpan<Vector256<double>> source = MemoryMarshal.Cast<double, Vector256<double>>(x);
        Span<Vector256<double>> target = MemoryMarshal.Cast<double, Vector256<double>>(result);
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = TMap.Apply<Vector256Lanes, Vector256<double>>(source[i]);
        }

        return source.Length * Vector256<double>.Count;
    }
}
