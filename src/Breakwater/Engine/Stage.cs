using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Engine;

/// <summary>What one stage gave for one asset, and what it was made of.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Key">Everything that the stage read.</param>
/// <param name="Value">What it gave.</param>
internal sealed record StageResult<TKey, TValue>(AssetId Asset, TKey Key, TValue Value);

/// <summary>One stage of a valuation by asset: what it gave last time is taken again where it would read the same.
/// </summary>
/// <remarks>Keys are compared as records: values by content, collections by identity. A key that is equal but not
/// identical costs work, never correctness.</remarks>
/// <param name="Results">Results, one each by asset.</param>
/// <param name="RedoneCount">How many of them were made anew.</param>
internal sealed record Stage<TKey, TValue>(ImmutableArray<StageResult<TKey, TValue>> Results, int RedoneCount)
    where TKey : IEquatable<TKey>
    where TValue : class
{
    /// <summary>Values in order of the assets given.</summary>
    internal IEnumerable<TValue> Values => Results.Select(static own => own.Value);

    /// <summary>Runs the stage.</summary>
    /// <param name="inputs">Asset and key of each result.</param>
    /// <param name="make">Makes a value of a key.</param>
    /// <param name="settle">Gives the value of before where a new one has the same content, so that later stages see
    /// that nothing changed.</param>
    /// <param name="before">The last run; <c>null</c> if there was none.</param>
    /// <param name="run">Runs what has to be made.</param>
    internal static Stage<TKey, TValue> Of(
        ImmutableArray<(AssetId Asset, TKey Key)> inputs,
        Func<TKey, TValue> make,
        Func<TValue, TValue, TValue> settle,
        Stage<TKey, TValue>? before,
        UnitRun run)
    {
        StageResult<TKey, TValue>[] results = new StageResult<TKey, TValue>[inputs.Length];
        List<int> changed = [];
        for (int index = 0; index < inputs.Length; index++)
        {
            if (before?.Find(inputs[index].Asset) is { } known && known.Key.Equals(inputs[index].Key))
            {
                results[index] = known;
            }
            else
            {
                changed.Add(index);
            }
        }

        run(changed.Count, unit =>
        {
            (AssetId asset, TKey key) = inputs[changed[unit]];
            TValue value = make(key);
            results[changed[unit]] = new StageResult<TKey, TValue>(
                asset, key, before?.Find(asset) is { } known ? settle(value, known.Value) : value);
        });
        return new Stage<TKey, TValue>([.. results], changed.Count);
    }

    /// <summary>Result of an asset; <c>null</c> if there is none.</summary>
    internal StageResult<TKey, TValue>? Find(AssetId asset)
    {
        foreach (StageResult<TKey, TValue> own in Results)
        {
            if (own.Asset == asset) return own;
        }

        return null;
    }
}
