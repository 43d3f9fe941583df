using System.Collections.Immutable;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Short immutable lists in ordinal order of a key, one line each.</summary>
internal static class SortedLines
{
    /// <summary>Index of a key, or the complement of where it would stand.</summary>
    internal static int IndexOf<T>(ImmutableArray<T> lines, string key, Func<T, string> keyOf)
    {
        int low = 0;
        int high = lines.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = string.CompareOrdinal(keyOf(lines[middle]), key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    /// <summary>The list with the line of a key replaced, added, or taken out where it is <c>null</c>.</summary>
    internal static ImmutableArray<T> Set<T>(
        ImmutableArray<T> lines, string key, T? line, Func<T, string> keyOf)
        where T : class
    {
        int index = IndexOf(lines, key, keyOf);
        return line is null ? index < 0 ? lines : lines.RemoveAt(index)
            : index < 0 ? lines.Insert(~index, line)
            : lines.SetItem(index, line);
    }
}
