using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Breakwater.Books;

/// <summary>Doubles that begin where a line of the cache begins, so that no vector of eight crosses one.</summary>
/// <remarks>Where they lie decides how fast they are read, never what is read.</remarks>
internal readonly struct AlignedNumbers
{
    private const int LineBytes = 64;
    private const int LineNumbers = LineBytes / sizeof(double);

    private readonly double[] _numbers;
    private readonly int _first;

    /// <summary>So many zeros.</summary>
    /// <param name="count">How many; ≥ 0.</param>
    internal AlignedNumbers(int count)
    {
        _numbers = GC.AllocateArray<double>(count + LineNumbers, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_numbers, 0);
        int past = (int)(address % LineBytes) / sizeof(double);
        _first = past == 0 ? 0 : LineNumbers - past;
        Count = count;
    }

    /// <summary>How many there are.</summary>
    internal int Count { get; }

    /// <summary>All of them.</summary>
    internal Span<double> Span => _numbers.AsSpan(_first, Count);

    /// <summary>The first.</summary>
    internal ref double First =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_numbers), _first);
}
