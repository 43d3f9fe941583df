using System.Numerics;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Margin.AddOns;

/// <summary>Collects what one line is made of, and rounds it up once.</summary>
internal sealed class FemtoParts(string line)
{
    private readonly List<(string Name, AssetId Underlying, BigInteger Femto)> _parts = [];

    /// <summary>Name of the line.</summary>
    internal string Line => line;

    /// <summary>Adds a part; nothing if it is zero.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="underlying">Whose it is.</param>
    /// <param name="femto">Amount, femto-dollars; ≥ 0.</param>
    internal void Add(string name, AssetId underlying, BigInteger femto)
    {
        if (!femto.IsZero)
        {
            _parts.Add((name, underlying, femto));
        }
    }

    /// <summary>The sum, rounded up once.</summary>
    internal Money Total => Femto.Up(_parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part.Femto));

    /// <summary>Parts in whole micro-dollars that sum to the total: largest remainders first, ties by index.</summary>
    internal SortedDictionary<MarginPartKey, Money> Split()
    {
        SortedDictionary<MarginPartKey, Money> split = [];
        int missing = (int)(Total.MicroDollars
            - _parts.Aggregate(Int128.Zero, (sum, part) => sum + (Int128)(part.Femto / Femto.PerMicro)));
        HashSet<int> raised = [.. Enumerable.Range(0, _parts.Count)
            .OrderByDescending(index => _parts[index].Femto % Femto.PerMicro).ThenBy(index => index).Take(missing)];
        for (int index = 0; index < _parts.Count; index++)
        {
            (string name, AssetId underlying, BigInteger femto) = _parts[index];
            Int128 whole = (Int128)(femto / Femto.PerMicro) + (raised.Contains(index) ? 1 : 0);
            split.Add(new MarginPartKey(line, underlying, name), Money.FromMicroDollars(whole));
        }

        return split;
    }
}

/// <summary>Names one part of one line.</summary>
/// <param name="Line">The line.</param>
/// <param name="Underlying">Whose part it is.</param>
/// <param name="Name">What it is.</param>
internal readonly record struct MarginPartKey(string Line, AssetId Underlying, string Name) : IComparable<MarginPartKey>
{
    /// <inheritdoc/>
    public int CompareTo(MarginPartKey other)
    {
        int byLine = string.CompareOrdinal(Line, other.Line);
        int byUnderlying = byLine != 0 ? byLine : Underlying.CompareTo(other.Underlying);
        return byUnderlying != 0 ? byUnderlying : string.CompareOrdinal(Name, other.Name);
    }
}
