using System.Collections.Immutable;

namespace Breakwater.Cli.Sieges;

/// <summary>What became of the sockets of a siege; counted by all of them.</summary>
internal sealed class SiegeTally
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<SiegeKind, SiegeCount> _counts = [];
    private readonly SortedDictionary<(SiegeKind Kind, int Status), long> _answers = [];
    private long _open;
    private long _openMax;

    /// <summary>Counts by kind, in order.</summary>
    internal ImmutableArray<SiegeCount> Counts
    {
        get
        {
            lock (_gate) return [.. _counts.Values];
        }
    }

    /// <summary>Answers by kind and status, in order.</summary>
    internal ImmutableArray<(SiegeKind Kind, int Status, long Count)> Answers
    {
        get
        {
            lock (_gate) return [.. _answers.Select(static own => (own.Key.Kind, own.Key.Status, own.Value))];
        }
    }

    /// <summary>Most sockets that were open at once.</summary>
    internal long OpenMax
    {
        get
        {
            lock (_gate) return _openMax;
        }
    }

    /// <summary>A connection is open.</summary>
    internal void Open(SiegeKind kind)
    {
        lock (_gate)
        {
            _counts[kind] = Of(kind) with { OpenedCount = Of(kind).OpenedCount + 1 };
            _openMax = Math.Max(_openMax, ++_open);
        }
    }

    /// <summary>A connection is over.</summary>
    internal void Close(SiegeKind kind)
    {
        lock (_gate)
        {
            _counts[kind] = Of(kind) with { EndedCount = Of(kind).EndedCount + 1 };
            _open--;
        }
    }

    /// <summary>A connection could not be opened, or was ended while something was sent.</summary>
    internal void Refuse(SiegeKind kind)
    {
        lock (_gate) _counts[kind] = Of(kind) with { RefusedCount = Of(kind).RefusedCount + 1 };
    }

    /// <summary>The server answered.</summary>
    internal void Answer(SiegeKind kind, int status)
    {
        lock (_gate) _answers[(kind, status)] = _answers.GetValueOrDefault((kind, status)) + 1;
    }

    private SiegeCount Of(SiegeKind kind) => _counts.GetValueOrDefault(kind) ?? new SiegeCount(kind, 0, 0, 0);
}

/// <summary>Connections of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="OpenedCount">Connections opened.</param>
/// <param name="EndedCount">Of them those that are over.</param>
/// <param name="RefusedCount">Connections that were not taken.</param>
internal sealed record SiegeCount(SiegeKind Kind, long OpenedCount, long EndedCount, long RefusedCount);
