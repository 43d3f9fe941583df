using System.Collections.Concurrent;
using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Server.Loop;

/// <summary>How one feed is doing.</summary>
/// <param name="Source">Its name.</param>
/// <param name="SeenAt">Engine time of its newest message; <c>null</c> if there was none.</param>
/// <param name="State">Its state, one word.</param>
internal sealed record FeedStanding(string Source, Timestamp? SeenAt, string State)
{
    /// <summary>Why it is in the state, in words; empty if nothing is to be said.</summary>
    internal string Message { get; init; } = string.Empty;

    /// <summary>Messages accepted.</summary>
    internal long AcceptedCount { get; init; }
}

/// <summary>How the feeds are doing, for the status page; written by the feeds, read by anybody.</summary>
internal sealed class FeedBoard
{
    private readonly ConcurrentDictionary<string, FeedStanding> _feeds = new(StringComparer.Ordinal);
    private volatile FeedLedger? _ledger;
    private volatile IReadOnlyList<IndexPrice> _indices = [];

    /// <summary>What live feeds were refused for; <c>null</c> where there are none.</summary>
    internal FeedLedger? Ledger
    {
        get => _ledger;
        set => _ledger = value;
    }

    /// <summary>Indices of several sources as they were made last.</summary>
    internal IReadOnlyList<IndexPrice> Indices
    {
        get => _indices;
        set => _indices = value;
    }

    /// <summary>All of them, in order of name.</summary>
    internal ImmutableArray<FeedStanding> Standings =>
        [.. _feeds.Values.OrderBy(static own => own.Source, StringComparer.Ordinal)];

    /// <summary>Notes how a feed is doing.</summary>
    /// <param name="standing">The feed.</param>
    internal void Note(FeedStanding standing) => _feeds[standing.Source] = standing;
}
