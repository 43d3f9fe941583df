using System.Collections.Immutable;
using System.Globalization;

namespace Breakwater.Cli.Loads;

/// <summary>Shares of kinds in a load, and the order in which they take turns.</summary>
internal sealed class LoadMix
{
    private const int ShareMax = 1_000;

    private readonly ImmutableArray<LoadKind> _turns;

    private LoadMix(ImmutableArray<LoadKind> turns) => _turns = turns;

    /// <summary>What-if questions alone.</summary>
    internal static LoadMix WhatIfOnly { get; } = new([LoadKind.WhatIf]);

    /// <summary>A mix of shares.</summary>
    /// <param name="shares">Each kind at most once, each share ≥ 1.</param>
    internal static LoadMix Of(params ReadOnlySpan<(LoadKind Kind, int Share)> shares)
    {
        SortedDictionary<LoadKind, int> own = [];
        foreach ((LoadKind kind, int share) in shares) own.Add(kind, share);
        return new LoadMix(Turns(own));
    }

    /// <summary>Status alone.</summary>
    internal static LoadMix StatusOnly { get; } = new([LoadKind.Status]);

    /// <summary>Kinds that occur, in their own order.</summary>
    internal ImmutableArray<LoadKind> Kinds => [.. _turns.Distinct().Order()];

    /// <summary>Kind of a request.</summary>
    /// <param name="index">Number of the request, from 0.</param>
    internal LoadKind KindOf(long index) => _turns[(int)(index % _turns.Length)];

    /// <summary>Reads shares such as <c>what-if=8 margin=1</c>: each kind at most once, each share a whole number.
    /// </summary>
    /// <param name="texts">One share each.</param>
    /// <param name="mix">The mix, if all is understood.</param>
    /// <returns>What is not understood; <c>null</c> if all is.</returns>
    internal static string? TryParse(IReadOnlyList<string> texts, out LoadMix? mix)
    {
        SortedDictionary<LoadKind, int> shares = [];
        mix = null;
        foreach (string text in texts)
        {
            string[] sides = text.Split('=');
            if (sides.Length != 2 || KindNamed(sides[0]) is not { } kind
                || !int.TryParse(sides[1], NumberStyles.None, CultureInfo.InvariantCulture, out int share)
                || share is < 1 or > ShareMax)
            {
                return $"'{text}' is no share such as what-if=8: a kind ({Names()}) and 1 to {ShareMax}";
            }

            if (!shares.TryAdd(kind, share)) return $"'{text}': the kind has a share already";
        }

        mix = new LoadMix(Turns(shares));
        return null;
    }

    /// <summary>Name of a kind on the command line.</summary>
    /// <param name="kind">The kind.</param>
    internal static string NameOf(LoadKind kind) => kind switch
    {
        LoadKind.WhatIf => "what-if",
        LoadKind.Margin => "margin",
        LoadKind.Status => "status",
        _ => "command",
    };

    /// <summary>The shares, as they are typed.</summary>
    public override string ToString() => string.Join(
        ' ', Kinds.Select(kind => $"{NameOf(kind)}={_turns.Count(own => own == kind)}"));

    // Spread evenly: at each turn the kind that lags behind its share most.
    private static ImmutableArray<LoadKind> Turns(SortedDictionary<LoadKind, int> shares)
    {
        int total = shares.Values.Sum();
        Dictionary<LoadKind, int> credit = shares.ToDictionary(static own => own.Key, static _ => 0);
        ImmutableArray<LoadKind>.Builder turns = ImmutableArray.CreateBuilder<LoadKind>(total);
        for (int turn = 0; turn < total; turn++)
        {
            foreach ((LoadKind kind, int share) in shares) credit[kind] += share;
            LoadKind next = shares.Keys.MaxBy(kind => credit[kind]);
            credit[next] -= total;
            turns.Add(next);
        }

        return turns.MoveToImmutable();
    }

    private static LoadKind? KindNamed(string name)
    {
        foreach (LoadKind kind in Enum.GetValues<LoadKind>())
        {
            if (NameOf(kind) == name) return kind;
        }

        return null;
    }

    private static string Names() => string.Join(", ", Enum.GetValues<LoadKind>().Select(NameOf));
}
